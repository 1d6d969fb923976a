use crate::metadata::EntitySummary;

/// The entities in whose entity ID or name every word of a text stands, whatever the case, in their order.
pub fn search<'e>(
    entities: &'e [EntitySummary],
    text: &str,
) -> impl Iterator<Item = &'e EntitySummary> + use<'e> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    entities.iter().filter(move |entity| {
        let name = entity.display_name.as_deref().unwrap_or_default();
        let said = format!("{} {name}", entity.entity_id).to_lowercase();
        words.iter().all(|word| said.contains(word.as_str()))
    })
}
