//! All colours, sizes, spaces and fonts of the window, light and dark.
//!
//! Components keep one colour everywhere. The sets keep the hues of Okabe and Ito (components) and of Tol's muted set
//! (sources of money), with lightness in even steps, so that any two can be told apart by colour-blind eyes and in grey,
//! and each stands out from the card; `tests/it/look.rs` measures it. Words in a component's colour use a darker (or, on
//! dark ground, lighter) shade of it where they could not be read otherwise.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke, TextStyle, Theme,
    Visuals,
};

use crate::model::measures::Binding;
use crate::report::figure::{Look, Rgb};
use crate::scenario::Component;

/// Colours of one theme.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// Ground of the window.
    pub ground: Color32,
    /// Ground of cards and bars.
    pub card: Color32,
    /// Edge of cards.
    pub edge: Color32,
    /// Lines of a chart's grid, rails of sliders.
    pub grid: Color32,
    /// Text.
    pub text: Color32,
    /// Text of less weight; still readable on the ground.
    pub weak: Color32,
    /// What can be acted on, and the plan's own line.
    pub accent: Color32,
    /// Ground of what is chosen.
    pub chosen: Color32,
    /// Met.
    pub good: Color32,
    /// Missed, unfunded, wrong.
    pub bad: Color32,
    /// Doubtful; not saved.
    pub doubt: Color32,
    components: [Color32; Component::ALL.len()],
    inks: [Color32; Component::ALL.len()],
    tints: [Color32; 7],
    sources: [Color32; 7],
}

// The one place where colours are made.
#[allow(clippy::cast_possible_truncation, clippy::disallowed_methods)]
const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// On light ground.
pub const LIGHT: Palette = Palette {
    ground: rgb(0x00f8_f9fa),
    card: rgb(0x00ff_ffff),
    edge: rgb(0x00dd_e2e8),
    grid: rgb(0x00d8_dce2),
    text: rgb(0x001a_2230),
    weak: rgb(0x0057_6170),
    accent: rgb(0x0000_66a6),
    chosen: rgb(0x00e8_f1fa),
    good: rgb(0x0000_6b4d),
    bad: rgb(0x00b0_3a1a),
    doubt: rgb(0x00ac_4800),
    // Power, campus, links, devices, training, content, systems, support, inclusion, home access, lifelong, governance, management.
    components: [
        rgb(0x008f_820b),
        rgb(0x002e_6aff),
        rgb(0x0009_4a78),
        rgb(0x0019_7d46),
        rgb(0x0062_0049),
        rgb(0x003f_63aa),
        rgb(0x001d_94c0),
        rgb(0x0079_4300),
        rgb(0x0036_1502),
        rgb(0x0003_10cc),
        rgb(0x0069_5755),
        rgb(0x0092_9399),
        rgb(0x0013_0916),
    ],
    inks: [
        rgb(0x0081_750a),
        rgb(0x002d_68fa),
        rgb(0x0009_4a78),
        rgb(0x0019_7d46),
        rgb(0x0062_0049),
        rgb(0x003f_63aa),
        rgb(0x0018_7ca1),
        rgb(0x0079_4300),
        rgb(0x0036_1502),
        rgb(0x0003_10cc),
        rgb(0x0069_5755),
        rgb(0x0072_7377),
        rgb(0x0013_0916),
    ],
    tints: [
        rgb(0x00fa_e3b5),
        rgb(0x00bb_d9ec),
        rgb(0x00b8_e2d4),
        rgb(0x00f1_d7e5),
        rgb(0x00e0_dbef),
        rgb(0x00d3_e8b8),
        rgb(0x00f7_d2c4),
    ],
    // None of them a component's colour, so that money is not read as what it buys.
    sources: [
        rgb(0x008d_93aa),
        rgb(0x005a_229b),
        rgb(0x006c_501a),
        rgb(0x000a_947a),
        rgb(0x0067_0131),
        rgb(0x0078_7805),
        rgb(0x0038_6a89),
    ],
};

/// A school that is lit, on dark ground.
pub(crate) const LAMP: Color32 = rgb(0x00ff_e04a);

/// On dark ground.
pub const DARK: Palette = Palette {
    ground: rgb(0x0014_181d),
    card: rgb(0x001c_2128),
    edge: rgb(0x0036_3d47),
    grid: rgb(0x003a_414b),
    text: rgb(0x00e8_ebef),
    weak: rgb(0x00a6_afba),
    accent: rgb(0x0062_b5ef),
    chosen: rgb(0x0020_3448),
    good: rgb(0x0045_c79c),
    bad: rgb(0x00ff_8a65),
    doubt: rgb(0x00ff_a24a),
    components: [
        rgb(0x00ff_ff49),
        rgb(0x00b9_c5f3),
        rgb(0x0080_8cb7),
        rgb(0x0039_805c),
        rgb(0x00f3_cbd6),
        rgb(0x0038_aafd),
        rgb(0x00c7_f4a7),
        rgb(0x00f4_3e0b),
        rgb(0x0041_ab64),
        rgb(0x003e_59f3),
        rgb(0x00e5_a212),
        rgb(0x007a_7a88),
        rgb(0x00b4_be9a),
    ],
    inks: [
        rgb(0x00ff_ff49),
        rgb(0x00b9_c5f3),
        rgb(0x0080_8cb7),
        rgb(0x0059_9476),
        rgb(0x00f3_cbd6),
        rgb(0x0038_aafd),
        rgb(0x00c7_f4a7),
        rgb(0x00f5_4d1f),
        rgb(0x0041_ab64),
        rgb(0x006c_81f6),
        rgb(0x00e5_a212),
        rgb(0x0087_8794),
        rgb(0x00b4_be9a),
    ],
    tints: [
        rgb(0x0059_4310),
        rgb(0x0012_4468),
        rgb(0x000d_4e3c),
        rgb(0x005a_3049),
        rgb(0x0040_3a63),
        rgb(0x0033_4a12),
        rgb(0x0063_2a18),
    ],
    // None of them a component's colour, so that money is not read as what it buys.
    sources: [
        rgb(0x0078_6863),
        rgb(0x0030_8afe),
        rgb(0x00b7_b944),
        rgb(0x0004_b480),
        rgb(0x00d9_31a7),
        rgb(0x00af_fc12),
        rgb(0x005c_daff),
    ],
};

impl Palette {
    /// The palette of the theme in force.
    #[must_use]
    pub fn of(ui: &egui::Ui) -> &'static Self {
        if ui.visuals().dark_mode { &DARK } else { &LIGHT }
    }

    /// A component's area or line.
    #[must_use]
    pub const fn component(&self, component: Component) -> Color32 {
        self.components[component as usize]
    }

    /// Words about a component.
    #[must_use]
    pub const fn ink(&self, component: Component) -> Color32 {
        self.inks[component as usize]
    }

    /// Ground of a cell that names what holds a group back.
    #[must_use]
    pub const fn tint(&self, binding: Binding) -> Color32 {
        self.tints[binding as usize]
    }

    /// What a figure needs of the palette around its series.
    #[must_use]
    pub fn look(&self) -> Look {
        Look {
            ground: plain(self.card),
            grid: plain(self.grid),
            text: plain(self.text),
            weak: plain(self.weak),
        }
    }

    /// A source of money by its position; the first is the existing budget.
    #[must_use]
    pub const fn source(&self, position: usize) -> Color32 {
        self.sources[if position == 0 { 0 } else { 1 + (position - 1) % 6 }]
    }
}

/// A colour as a figure holds it.
#[must_use]
pub fn plain(colour: Color32) -> Rgb {
    let [red, green, blue, _] = colour.to_array();
    [red, green, blue]
}

/// A figure's colour on the screen.
#[must_use]
pub fn painted([red, green, blue]: Rgb) -> Color32 {
    rgb(u32::from_be_bytes([0, red, green, blue]))
}

/// Space between cards.
pub const GAP: f32 = 8.0;
/// Space inside a card.
pub(crate) const PAD: f32 = 10.0;
/// Height of the bar at the top.
pub const BAR: f32 = 44.0;
/// Width of the window below which the bar shows less.
pub(crate) const NARROW: f32 = 760.0;
/// Least size of a page of tables.
pub(crate) const PAGE: egui::Vec2 = egui::vec2(840.0, 380.0);
/// Width of the strip of pages.
pub(crate) const STRIP: f32 = 92.0;
/// Greatest width of the command palette.
pub(crate) const PALETTE: f32 = 560.0;
/// Height of the line at the foot.
pub(crate) const FOOT: f32 = 28.0;
/// Height of the scoreboard.
pub const SCORES: f32 = 84.0;
/// Least width of a card of the scoreboard.
pub(crate) const SCORE: f32 = 136.0;
/// Width of a card of the scoreboard from which there is room for a remark.
pub(crate) const SCORE_WIDE: f32 = 200.0;
/// Height of a slider.
pub(crate) const SLIDER: f32 = 13.0;
/// Width of the levers.
pub(crate) const LEVERS: f32 = 332.0;
/// Height of the line with a plan's title.
pub(crate) const TITLE: f32 = 28.0;
/// Width of the list of sources of money.
pub(crate) const SOURCES: f32 = 492.0;
/// Width of the list of standards.
pub(crate) const STANDARDS: f32 = 300.0;
/// Least width of the levers.
pub(crate) const LEVERS_NARROW: f32 = 316.0;
/// Least size of a chart, below which the page scrolls.
pub(crate) const CHART: egui::Vec2 = egui::vec2(380.0, 250.0);
/// Roundness of cards.
pub(crate) const ROUND: u8 = 5;
/// Width of the line that matters most.
pub(crate) const BOLD_LINE: f32 = 2.75;

/// Points of height that a presented screen has, however large it is.
pub(crate) const PRESENT_HEIGHT: f32 = 440.0;
/// Height of what can be moved and pressed under a presented screen.
pub(crate) const PRESENT_FOOT: f32 = 66.0;
/// The numbers of the headline.
pub(crate) const PRESENT_NUMBER: f32 = 34.0;

/// Small text: units, sources, axes.
pub(crate) const SMALL: f32 = 11.0;
/// Text.
pub(crate) const BODY: f32 = 12.5;
/// Headings of cards.
pub(crate) const HEADING: f32 = 13.0;
/// The number of a scoreboard card.
pub(crate) const NUMBER: f32 = 19.0;
/// The name of the program.
pub(crate) const NAME: f32 = 16.0;

/// Text of a size.
#[must_use]
pub const fn text(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Bold text of a size.
#[must_use]
pub(crate) fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("bold".into()))
}

/// The frame of a card.
pub fn card(ui: &egui::Ui) -> egui::Frame {
    let palette = Palette::of(ui);
    egui::Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(1.0, palette.edge))
        .corner_radius(CornerRadius::same(ROUND))
        .inner_margin(Margin::same(10))
}

/// The frame of what must be read or answered first.
pub(crate) fn notice(ctx: &egui::Context) -> egui::Frame {
    egui::Frame::popup(&ctx.global_style()).inner_margin(Margin::same(18))
}

/// Gives a context the bundled fonts and both themes.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    // Where the system states no wish.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    for (theme, palette) in [(Theme::Light, &LIGHT), (Theme::Dark, &DARK)] {
        ctx.style_mut_of(theme, |style| dress(style, palette));
    }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let mut add = |name: &str, bytes: &'static [u8]| {
        fonts
            .font_data
            .insert(name.into(), Arc::new(FontData::from_static(bytes)));
    };
    add(
        "regular",
        include_bytes!("../../assets/fonts/NotoSans-Regular.subset.ttf"),
    );
    add("bold", include_bytes!("../../assets/fonts/NotoSans-Bold.subset.ttf"));
    add(
        "symbols2",
        include_bytes!("../../assets/fonts/NotoSansSymbols2.subset.ttf"),
    );
    add(
        "symbols",
        include_bytes!("../../assets/fonts/NotoSansSymbols.subset.ttf"),
    );
    add("math", include_bytes!("../../assets/fonts/NotoSansMath.subset.ttf"));
    // Last: a font with Arabic letters before the others would mirror digits.
    add("arabic", include_bytes!("../../assets/fonts/NotoSansArabic.subset.ttf"));
    let chain = |first: &str| {
        [first, "math", "symbols2", "symbols", "arabic"]
            .map(String::from)
            .to_vec()
    };
    fonts.families.insert(FontFamily::Proportional, chain("regular"));
    // No page needs columns of fixed width; the family must exist all the same.
    fonts.families.insert(FontFamily::Monospace, chain("regular"));
    fonts.families.insert(FontFamily::Name("bold".into()), chain("bold"));
    fonts
}

fn dress(style: &mut egui::Style, palette: &Palette) {
    style.text_styles = [
        (TextStyle::Small, text(SMALL)),
        (TextStyle::Body, text(BODY)),
        (TextStyle::Button, text(BODY)),
        (TextStyle::Monospace, text(BODY)),
        (TextStyle::Heading, bold(HEADING)),
    ]
    .into();
    style.spacing.item_spacing = egui::vec2(6.0, 4.0);
    style.spacing.button_padding = egui::vec2(8.0, 3.0);
    style.spacing.slider_rail_height = 4.0;
    style.spacing.interact_size.y = 20.0;
    style.interaction.selectable_labels = false;
    let visuals = &mut style.visuals;
    if visuals.dark_mode {
        *visuals = Visuals::dark();
    }
    visuals.override_text_color = Some(palette.text);
    visuals.weak_text_color = Some(palette.weak);
    visuals.panel_fill = palette.ground;
    visuals.window_fill = palette.card;
    visuals.window_stroke = Stroke::new(1.0, palette.edge);
    visuals.faint_bg_color = palette.ground;
    visuals.extreme_bg_color = palette.card;
    visuals.hyperlink_color = palette.accent;
    visuals.warn_fg_color = palette.doubt;
    visuals.error_fg_color = palette.bad;
    visuals.selection.bg_fill = palette.chosen;
    visuals.selection.stroke = Stroke::new(1.5, palette.accent);
    visuals.slider_trailing_fill = true;
    visuals.handle_shape = egui::style::HandleShape::Circle;
    let shapes = &mut visuals.widgets;
    for shape in [
        &mut shapes.noninteractive,
        &mut shapes.inactive,
        &mut shapes.hovered,
        &mut shapes.active,
        &mut shapes.open,
    ] {
        shape.corner_radius = CornerRadius::same(4);
        shape.fg_stroke.color = palette.text;
        shape.expansion = 0.0;
    }
    shapes.noninteractive.bg_stroke = Stroke::new(1.0, palette.edge);
    shapes.inactive.bg_fill = palette.grid;
    shapes.inactive.weak_bg_fill = palette.card;
    shapes.inactive.bg_stroke = Stroke::new(1.0, palette.edge);
    for shape in [&mut shapes.hovered, &mut shapes.open] {
        shape.bg_fill = palette.grid;
        shape.weak_bg_fill = palette.chosen;
        shape.bg_stroke = Stroke::new(1.0, palette.accent);
    }
    // Also what holds the keyboard's focus: its edge must be seen.
    shapes.active.bg_fill = palette.grid;
    shapes.active.weak_bg_fill = palette.chosen;
    shapes.active.bg_stroke = Stroke::new(2.0, palette.accent);
}

impl Palette {
    /// The recurrent part beside the capital part of the same thing, and what is assumed beside what is computed.
    #[must_use]
    pub(crate) fn pale(&self, colour: Color32) -> Color32 {
        self.card.lerp_to_gamma(colour, 0.45)
    }

    /// A scenario of a comparison by its position: shades that can be read as words; each has a mark of its own besides.
    #[must_use]
    pub const fn scenario(&self, position: usize) -> Color32 {
        self.inks[[1, 5, 2, 3, 0, 6][position % 6]]
    }
}

/// Least height of a chart on a page of six.
pub(crate) const CHART_LOW: f32 = 212.0;
/// Least width of a chart of which several stand in a row.
pub(crate) const SMALL_CHART: f32 = 270.0;
/// Least width of the names of a sheet's rows, and of one of its columns.
pub(crate) const SHEET_NAMES: f32 = 216.0;
pub(crate) const SHEET_COLUMN: f32 = 205.0;
/// Height of such a chart.
pub(crate) const SMALL_CHART_HEIGHT: f32 = 200.0;
/// Width of the names of a table's rows.
pub(crate) const TABLE_NAME: f32 = 270.0;
/// Least width of a table's column.
pub(crate) const TABLE_COLUMN: f32 = 140.0;
/// Width of a cell that holds a path of several years; beyond it names of rows get the room.
pub(crate) const TABLE_COLUMN_ROOMY: f32 = 340.0;
/// Widest name of a row.
pub(crate) const TABLE_NAME_ROOMY: f32 = 560.0;
/// Width of a column from which a value and its difference stand in one line.
pub(crate) const TABLE_COLUMN_WIDE: f32 = 215.0;
/// Height of a line of a table.
pub(crate) const TABLE_LINE: f32 = 22.0;
/// Height of a row of two lines.
pub(crate) const TABLE_LINES: f32 = 38.0;
/// Width of a field for a path.
pub(crate) const FIELD: f32 = 220.0;
/// Height of a row of a table.
pub(crate) const ROW: f32 = 22.0;
/// Width of what a table that is shown as it was written gives.
pub(crate) const GIVES: f32 = 388.0;
/// Width of the number of a lever.
pub(crate) const LEVER_NUMBER: f32 = 78.0;
/// Least width of the number of a lever with a long name.
pub(crate) const LEVER_NUMBER_LEAST: f32 = 62.0;
/// Largest width of what is said beside a typed number.
pub(crate) const TYPED: f32 = 300.0;
/// Height of the editor of a number.
pub(crate) const EDITOR: f32 = 222.0;
/// Height of the editor of a number that is a share of a whole.
pub(crate) const EDITOR_SHARES: f32 = 364.0;

/// Height of the drawing of a lever's years.
pub(crate) const PATH: f32 = 76.0;

/// Width of the level of a target.
pub(crate) const TARGET_LEVEL: f32 = 96.0;

/// Choice of a measure of which weights are told.
pub(crate) const WEIGHED: f32 = 130.0;

/// Width of the side on which a target is met.
pub(crate) const TARGET_BOUND: f32 = 34.0;

/// Width of the year of a target.
pub(crate) const TARGET_YEAR: f32 = 56.0;

/// Width of the list of changes.
pub(crate) const CHANGES: f32 = 380.0;

/// What stands above and below the list of changes, from the top of the window to its foot.
pub(crate) const CHANGES_ABOVE: f32 = 270.0;

/// Least size of what a chart is drawn in.
pub(crate) const CHART_LEAST: egui::Vec2 = egui::vec2(110.0, 50.0);

/// Greatest width of the guide beside a page.
pub const GUIDE: f32 = 400.0;
