//! What is known at the start: the brief and the fact sheet, as lines.

use crate::tui::app::App;
use crate::tui::doc::Doc;

/// The brief: situation, client, ours, how it is bought, people known, facts.
pub fn brief(app: &App, doc: &mut Doc) {
    let Some(session) = &app.session else { return };
    let (theme, language, case) = (app.theme(), app.language(), &session.world.case);
    doc.para(case.brief.get(language), theme.plain());
    let parts = [
        ("tui.brief.client", &case.client),
        ("tui.brief.ours", &case.ours),
        ("tui.brief.category", &case.category),
        ("tui.brief.supply", &case.supply_mode),
    ];
    for (key, words) in parts {
        let words = words.get(language);
        if !words.is_empty() {
            doc.item_styled(app.tr(key), theme.heading(), words, theme.plain());
        }
    }
    doc.heading(app.tr("tui.brief.people"));
    for person in case.people.iter().filter(|p| p.known) {
        let lead = format!("- {}{}", person.name.get(language), app.tr("tui.colon"));
        let about = [person.title.get(language), person.about.get(language)];
        let about: Vec<&str> = about.into_iter().filter(|w| !w.is_empty()).collect();
        doc.item_styled(
            &lead,
            theme.strong(),
            &about.join(app.tr("tui.comma")),
            theme.plain(),
        );
    }
    facts(app, doc);
}

/// What the trainee may claim.
pub fn facts(app: &App, doc: &mut Doc) {
    let Some(session) = &app.session else { return };
    let (theme, language) = (app.theme(), app.language());
    doc.heading(app.tr("tui.facts.heading"));
    if session.world.case.facts.is_empty() {
        doc.para(app.tr("tui.facts.none"), theme.dim());
    }
    for fact in &session.world.case.facts {
        let lead = format!("- {}{}", fact.kind.name(language), app.tr("tui.colon"));
        doc.item_styled(&lead, theme.dim(), fact.text.get(language), theme.plain());
    }
}
