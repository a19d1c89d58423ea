//! Tables of persons are not for this program. A row for each learner or teacher, or a column with their identity numbers
//! or birth dates, and the table is refused; who heads a school and how to reach them is left aside before anybody looks.
//! Names and codes of schools are no persons. Headers are known in English, French, Spanish and Portuguese.

use super::columns::{Mapping, plain};
use super::table::Table;

/// What a header says of persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persons {
    /// Of single learners or teachers.
    Single,
    /// Of who heads a school, or how to reach somebody.
    Contact,
}

/// Upper rows in which a header is looked for where none is known.
const UPPER: usize = 10;

const SCHOOLS: &[&str] = &[
    "school",
    "schools",
    "institution",
    "ecole",
    "ecoles",
    "etablissement",
    "etablissements",
    "escuela",
    "escuelas",
    "institucion",
    "instituciones",
    "centro",
    "escola",
    "escolas",
    "instituicao",
    "emis",
];
const HEADS: &[&str] = &[
    "head",
    "headteacher",
    "headmaster",
    "headmistress",
    "principal",
    "director",
    "directeur",
    "directrice",
    "proviseur",
    "chef",
    "directora",
    "diretor",
    "diretora",
    "responsable",
    "responsavel",
    "contact",
    "contacto",
    "contato",
];
const CONTACTS: &[&str] = &[
    "phone",
    "phones",
    "telephone",
    "tel",
    "cellphone",
    "telefono",
    "telefone",
    "celular",
    "movil",
    "whatsapp",
    "email",
    "mail",
    "courriel",
    "correo",
    "fax",
];
const SINGLE: &[&str] = &[
    "learner",
    "pupil",
    "student",
    "child",
    "teacher",
    "staff",
    "parent",
    "guardian",
    "father",
    "mother",
    "eleve",
    "apprenant",
    "enfant",
    "enseignant",
    "enseignante",
    "maitre",
    "maitresse",
    "professeur",
    "agent",
    "pere",
    "mere",
    "tuteur",
    "alumno",
    "alumna",
    "estudiante",
    "nino",
    "docente",
    "maestro",
    "maestra",
    "padre",
    "madre",
    "aluno",
    "aluna",
    "estudante",
    "professor",
    "professora",
    "pai",
    "mae",
];
const NAMES: &[&str] = &[
    "name", "names", "fullname", "nom", "noms", "nombre", "nombres", "nome", "nomes",
];
const NUMBERS: &[&str] = &[
    "id",
    "ids",
    "uid",
    "code",
    "codes",
    "identifier",
    "identifiant",
    "identificacion",
    "identificacao",
    "codigo",
    "registration",
];
/// Words that are about a single person wherever they stand.
const ALWAYS: &[&str] = &[
    "birth",
    "birthday",
    "birthdate",
    "dob",
    "naissance",
    "nacimiento",
    "nascimento",
    "surname",
    "firstname",
    "lastname",
    "forename",
    "prenom",
    "prenoms",
    "apellido",
    "apellidos",
    "sobrenome",
    "sobrenomes",
    "apelido",
    "apelidos",
    "nid",
    "ssn",
    "dni",
    "curp",
    "cpf",
    "cedula",
    "cni",
    "passport",
    "passeport",
    "pasaporte",
    "passaporte",
    "nisn",
    "nuptk",
    "aadhaar",
    "matricule",
    "identity",
    "identite",
    "identidad",
    "identidade",
];
/// Words that follow one another.
const PHRASES: &[&str] = &[
    "first_name",
    "last_name",
    "given_name",
    "family_name",
    "middle_name",
    "national_id",
    "id_number",
    "nom_de_famille",
    "ne_le",
    "nee_le",
    "mobile_number",
    "mobile_phone",
    "e_mail",
];

/// What a header says of persons, if anything.
#[must_use]
pub fn about(header: &str) -> Option<Persons> {
    let name = plain(header);
    let words: Vec<&str> = name.split('_').collect();
    let any = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let phrase = |wanted: &str| format!("_{name}_").contains(&format!("_{wanted}_"));
    if name.starts_with("chef_lieu") {
        return None;
    }
    if any(HEADS) || any(CONTACTS) || PHRASES[10..].iter().any(|wanted| phrase(wanted)) {
        return Some(Persons::Contact);
    }
    if any(SCHOOLS) {
        return None;
    }
    let single = any(SINGLE) && (any(NAMES) || any(NUMBERS));
    // `nombre d'enseignants` is a number, `nombre del docente` a name.
    let counted = words.contains(&"nombre") && !words.iter().any(|word| ["del", "de", "la"].contains(word));
    let always = any(ALWAYS) || PHRASES[..10].iter().any(|wanted| phrase(wanted));
    (always || (single && !counted)).then_some(Persons::Single)
}

/// Looks at the header of a table before anybody sees a row of it, and empties columns of persons that are left aside.
///
/// # Errors
/// The header that makes it a table of persons.
pub(super) fn look(table: &mut Table) -> Result<(), String> {
    let mapping = Mapping::guess(table);
    let known = mapping
        .columns
        .iter()
        .filter(|meaning| meaning.column.is_some())
        .count();
    let upper = if known > 0 { mapping.header + 1 } else { UPPER };
    let mut aside: Vec<(usize, usize)> = Vec::new();
    for (line, row) in table.rows.iter().enumerate().take(upper) {
        for (column, cell) in row.iter().enumerate() {
            match about(&cell.text) {
                Some(Persons::Single) => return Err(cell.text.clone()),
                Some(Persons::Contact) => aside.push((line, column)),
                None => {}
            }
        }
        if let Some(named) = row_of_a_person(row.iter().map(|cell| cell.text.as_str())) {
            return Err(named);
        }
    }
    for (line, column) in aside {
        for row in table.rows.iter_mut().skip(line + 1) {
            if let Some(cell) = row.get_mut(column) {
                cell.text.clear();
            }
        }
    }
    Ok(())
}

/// The name in a header that has one, a sex and no count of anything.
fn row_of_a_person<'a>(header: impl Iterator<Item = &'a str>) -> Option<String> {
    let header: Vec<(&str, String)> = header.map(|text| (text, plain(text))).collect();
    let has = |wanted: &[&str]| header.iter().find(|(_, name)| wanted.contains(&name.as_str()));
    let named = has(NAMES)?;
    has(&["sex", "gender", "sexe", "genre", "sexo", "genero"])?;
    let counts = [
        "schools",
        "learners",
        "teachers",
        "pupils",
        "students",
        "boys",
        "girls",
        "total",
        "eleves",
        "filles",
        "garcons",
        "effectif",
        "effectifs",
        "matricula",
        "alumnos",
        "alunos",
    ];
    has(&counts).is_none().then(|| named.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_about_persons_are_known_in_four_languages() {
        for header in [
            "learner id",
            "Teacher name",
            "Date of birth",
            "DOB",
            "National ID",
            "Surname",
            "Student code",
            "Nom de l'élève",
            "Prénom",
            "Date de naissance",
            "N° matricule",
            "Nom de l’enseignant",
            "Né le",
            "Nombre del alumno",
            "Apellidos",
            "Fecha de nacimiento",
            "DNI",
            "Nombre de la estudiante",
            "Nome do aluno",
            "Data de nascimento",
            "CPF",
            "Nome da professora",
        ] {
            assert_eq!(about(header), Some(Persons::Single), "{header}");
        }
        for header in [
            "Head teacher",
            "Name of head",
            "Principal",
            "Phone",
            "E-mail",
            "Mobile number",
            "Head teacher's date of birth",
            "Nom du directeur",
            "Téléphone",
            "Courriel",
            "Director",
            "Teléfono",
            "Diretor(a)",
            "Telefone da escola",
        ] {
            assert_eq!(about(header), Some(Persons::Contact), "{header}");
        }
        for header in [
            "School name",
            "EMIS code",
            "School ID",
            "Nom de l'école",
            "Code établissement",
            "Nombre de la escuela",
            "Nome da escola",
            "Region",
            "Learners",
            "Number of teachers",
            "Nombre d'élèves",
            "Nombre d'enseignants",
            "Chef-lieu",
            "Teachers",
            "Docentes",
            "Pupils per teacher",
            "Name",
            "Births",
            "mobile",
        ] {
            assert_eq!(about(header), None, "{header}");
        }
    }
}
