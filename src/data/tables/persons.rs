//! Tables of persons are not for this program. A row for each learner or teacher, or a column with their identity numbers
//! or birth dates, and the table is refused; who heads a school and how to reach them is left aside before anybody looks.
//! Names and codes of schools are no persons. Headers are known in English, French, Spanish and Portuguese.

use super::header::{Named, SexLetters, hear};
use super::measure::Kind;
use super::sheet::Sheet;
use crate::data::spelling::plain;

/// What a header says of persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persons {
    /// Of single learners or teachers.
    Single,
    /// Of who heads a school, or how to reach somebody.
    Contact,
}

/// Upper rows that are looked at where no header is known.
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
/// Words that follow one another, of one person.
const SINGLE_PHRASES: &[&str] = &[
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
];
/// Words that follow one another, of a way to reach somebody.
const CONTACT_PHRASES: &[&str] = &["mobile_number", "mobile_phone", "e_mail"];

/// Words that make of a header a count of many.
const COUNTING: &[&str] = &[
    "count",
    "counts",
    "issued",
    "delivre",
    "delivres",
    "delivrees",
    "percent",
    "percentage",
    "pourcentage",
    "pct",
    "proportion",
    "share",
    "taux",
    "rate",
    "without",
    "sans",
    "sin",
    "sem",
];
const COUNTING_PHRASES: &[&str] = &[
    "number_of",
    "nombre_d",
    "numero_de",
    "by_age",
    "by_year",
    "by_birth",
    "par_age",
    "par_annee",
    "por_edad",
    "por_ano",
    "por_idade",
];
/// Papers that many have, and what makes of one that of a person.
const PAPERS: &[&str] = &[
    "certificate",
    "certificates",
    "certificat",
    "certificats",
    "acte",
    "actes",
    "certificado",
    "certidao",
];
const OF_A_PAPER: &[&str] = &["number", "no", "n", "num", "nr", "numero", "id", "code", "date"];
/// Many of something with something.
const MANY: &[&str] = &[
    "schools",
    "ecoles",
    "etablissements",
    "escuelas",
    "centros",
    "escolas",
    "learners",
    "pupils",
    "students",
    "teachers",
    "eleves",
    "enseignants",
    "alumnos",
    "docentes",
    "alunos",
    "professores",
];
const WITH: &[&str] = &["with", "avec", "con", "com", "having", "ayant"];
/// Those whose telephone is kept for a learner.
const FAMILY: &[&str] = &[
    "learner",
    "pupil",
    "student",
    "child",
    "parent",
    "guardian",
    "father",
    "mother",
    "eleve",
    "apprenant",
    "enfant",
    "pere",
    "mere",
    "tuteur",
    "alumno",
    "alumna",
    "estudiante",
    "nino",
    "padre",
    "madre",
    "aluno",
    "aluna",
    "estudante",
    "pai",
    "mae",
];
const ASSOCIATIONS: &[&str] = &[
    "association",
    "committee",
    "council",
    "comite",
    "conseil",
    "asociacion",
    "associacao",
];

/// What a header says of persons, if anything.
#[must_use]
pub fn about(header: &str) -> Option<Persons> {
    let name = plain(header);
    let words: Vec<&str> = name.split('_').collect();
    let any = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let phrase = |wanted: &str| format!("_{name}_").contains(&format!("_{wanted}_"));
    // An address or a telephone number says how to reach who sent the table; it heads no column.
    let reaches = header.contains('@') || header.bytes().filter(u8::is_ascii_digit).count() > 4;
    let counts = header.contains('%')
        || any(COUNTING)
        || COUNTING_PHRASES.iter().any(|wanted| phrase(wanted))
        || (any(PAPERS) && !any(OF_A_PAPER))
        || (any(MANY) && any(WITH));
    if name.starts_with("chef_lieu") || counts || reaches {
        return None;
    }
    let reached = any(CONTACTS) || CONTACT_PHRASES.iter().any(|wanted| phrase(wanted));
    let contact = ["contact", "contacto", "contato"];
    let heads = HEADS.iter().filter(|head| !contact.contains(head));
    let headed = words.iter().any(|word| heads.clone().any(|head| head == word));
    if (reached || any(&contact)) && any(FAMILY) && !headed && !any(ASSOCIATIONS) {
        return Some(Persons::Single);
    }
    if reached || headed || any(&contact) {
        return Some(Persons::Contact);
    }
    if any(SCHOOLS) {
        return None;
    }
    let single = any(SINGLE) && (any(NAMES) || any(NUMBERS));
    // `nombre d'enseignants` is a number, `nombre del docente` a name.
    let counted = words.contains(&"nombre") && !words.iter().any(|word| ["del", "de", "la"].contains(word));
    let always = any(ALWAYS) || SINGLE_PHRASES.iter().any(|wanted| phrase(wanted));
    (always || (single && !counted)).then_some(Persons::Single)
}

/// Looks at the header of a sheet before anybody sees a row of it: the columns of persons that are left aside unread.
/// Titles and letterheads above a header are none.
///
/// # Errors
/// The header that makes it a table of persons.
pub(super) fn look(sheet: &Sheet, country: &str) -> Result<Vec<usize>, String> {
    let letters = SexLetters::among(sheet.headers.iter().map(String::as_str));
    let heard = |text: &String| hear(text, country, letters).is_some_and(|heard| heard.is_something());
    // One word may stand anywhere; two that are known make a header.
    if sheet.headers.iter().filter(|text| heard(text)).count() > 1 {
        let upper = super::sheet::headers(&sheet.upper, sheet.header, 1);
        return persons(&upper).and_then(|_| persons(&sheet.headers));
    }
    let mut aside = Vec::new();
    for first in 0..UPPER.min(sheet.upper.len()) {
        aside.extend(persons(&super::sheet::headers(&sheet.upper, first, 1))?);
    }
    Ok(aside)
}

/// The columns of who heads a school and how to reach them.
fn persons(headers: &[String]) -> Result<Vec<usize>, String> {
    let mut aside = Vec::new();
    if headers.iter().filter(|text| !text.is_empty()).count() < 2 {
        return Ok(aside);
    }
    for (column, text) in headers.iter().enumerate() {
        match about(text) {
            Some(Persons::Single) => return Err(text.clone()),
            Some(Persons::Contact) => aside.push(column),
            None => {}
        }
    }
    row_of_a_person(headers.iter().map(String::as_str)).map_or(Ok(aside), Err)
}

/// Whether a header says that many are counted. A single school is where somebody is.
fn is_count(text: &str) -> bool {
    let named = hear(text, "", None).and_then(|heard| heard.named);
    let counts = matches!(named, Some(Named::Measure(measure)) if measure.kind() == Kind::Count);
    counts && !["school", "etablissement"].contains(&plain(text).as_str())
}

/// Whether a word names a place, a locality or a level.
fn is_place(word: &str) -> bool {
    let named = hear(word, "", None).and_then(|heard| heard.named);
    matches!(named, Some(Named::Place(_) | Named::Locality | Named::Level))
}

/// The name in a header that has one, whole or beside a sex, and no count of anything.
fn row_of_a_person<'a>(header: impl Iterator<Item = &'a str>) -> Option<String> {
    let header: Vec<(&str, String)> = header.map(|text| (text, plain(text))).collect();
    let has = |wanted: &[&str]| header.iter().any(|(_, name)| wanted.contains(&name.as_str()));
    if header.iter().any(|(text, _)| is_count(text))
        || has(&["total", "boys", "girls", "garcons", "filles", "matricula"])
    {
        return None;
    }
    let french = has(&["sexe", "genre"]);
    let sex = french || has(&["sex", "gender", "sexo", "genero"]);
    let is_name = |name: &str| {
        let any = |wanted: &[&str]| name.split('_').any(|word| wanted.contains(&word));
        let whole = any(&["full", "fullname", "complet", "complets", "complete", "completo"]);
        // In French `nombre` is a number.
        let named = name
            .split('_')
            .any(|word| NAMES.contains(&word) && !(french && word.starts_with("nombre")));
        named && !any(SCHOOLS) && !name.split('_').any(is_place) && (sex || whole)
    };
    header
        .iter()
        .find(|(_, name)| is_name(name))
        .map(|(text, _)| (*text).to_owned())
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
            "Tél. parent",
            "Parent's phone",
            "Contact du tuteur",
            "Birth certificate number",
            "Student number ID",
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
            "Head teacher's phone",
            "Parent-teacher association contact",
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
            "learners without birth certificate",
            "Registered with birth certificate (%)",
            "Student ID issued",
            "Enseignants par âge, année de naissance",
            "Enrolment by year of birth",
            "Head count",
            "Schools with telephone",
            "Écoles avec téléphone (%)",
            "Number of head teachers",
            "Contact : planification@education.example",
            "Tel. 33 849 00 00",
        ] {
            assert_eq!(about(header), None, "{header}");
        }
    }
}
