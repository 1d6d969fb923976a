//! What each guide asks of an administrator, beside what the vendor's own guide asks, both counted by one rule.

use crate::trouble::{Outcome, Trouble};
use guides::{Effort, Guide, Library};

/// The figures that are committed: the guides' own, so that they can only fall, and the vendors'.
const COMMITTED: &str = include_str!("../../guides/effort.csv");

/// One line of the committed figures.
#[derive(Debug, PartialEq, Eq)]
struct Line<'a> {
    service: &'a str,
    provider: &'a str,
    way: Option<&'a str>,
    actions: Option<u32>,
    values: u32,
    /// Actions and values of the vendor's guide; `None` where it does not have this way.
    vendor: Option<(u32, u32)>,
}

/// Prints, for each guide and way, the instructions in the identity provider's portal and the values carried by hand.
pub(crate) fn print() -> Outcome<()> {
    let library = Library::embedded().map_err(|wrong| Trouble::Needed(wrong.to_string()))?;
    let lines = committed().map_err(Trouble::Needed)?;
    println!(
        "\nBy hand, from each guide and from the vendor's own, counted alike (docs/write-a-guide.md):\n"
    );
    row(["service", "provider", "way", "portal actions", "vendor's", "values carried", "vendor's"]);
    for (guide, effort) in
        library.guides().iter().flat_map(|guide| guide.efforts().into_iter().map(move |one| (guide, one)))
    {
        let vendor = lines.iter().find(|line| line.is_about(guide, &effort)).and_then(|line| line.vendor);
        let or_dash =
            |figure: Option<u32>| figure.map_or_else(|| "-".to_owned(), |figure| figure.to_string());
        row([
            &guide.service.id,
            &guide.identity_provider.id,
            effort.way.as_deref().unwrap_or("-"),
            &or_dash(effort.actions),
            &or_dash(vendor.map(|vendor| vendor.0)),
            &effort.values.to_string(),
            &or_dash(vendor.map(|vendor| vendor.1)),
        ]);
    }
    Ok(())
}

fn row([service, provider, way, actions, theirs, values, their_values]: [&str; 7]) {
    println!(
        "{service:<22} {provider:<10} {way:<14} {actions:>14} {theirs:>9} {values:>15} {their_values:>9}"
    );
}

impl Line<'_> {
    fn is_about(&self, guide: &Guide, effort: &Effort) -> bool {
        (self.service, self.provider) == (&guide.service.id, &guide.identity_provider.id)
            && self.way == effort.way.as_deref()
    }
}

/// Reads the committed figures, or says which line cannot be read.
fn committed() -> Result<Vec<Line<'static>>, String> {
    let lines = COMMITTED.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| read(line).ok_or_else(|| format!("effort.csv: {line:?} cannot be read"))).collect()
}

fn read(line: &str) -> Option<Line<'_>> {
    let fields: Vec<&str> = line.split(',').collect();
    let [service, provider, way, actions, values, vendor_actions, vendor_values] = fields[..] else {
        return None;
    };
    Some(Line {
        service,
        provider,
        way: Some(way).filter(|way| !way.is_empty()),
        actions: if actions == "-" { None } else { Some(actions.parse().ok()?) },
        values: values.parse().ok()?,
        vendor: match vendor_values {
            "" => None,
            values => Some((sum(vendor_actions)?, values.parse().ok()?)),
        },
    })
}

/// The steps' figures are kept apart, so that they can be counted after.
fn sum(steps: &str) -> Option<u32> {
    steps.split('+').map(|step| step.parse::<u32>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guide<'a>(line: &Line<'_>) -> &'a Guide {
        Library::embedded().unwrap().guide(line.service, line.provider).unwrap()
    }

    #[test]
    fn what_a_guide_asks_can_only_fall() {
        let lines = committed().unwrap();
        let efforts = |guide: &'static Guide| guide.efforts().into_iter().map(move |effort| (guide, effort));
        let mut wrong = Vec::new();
        for (guide, effort) in Library::embedded().unwrap().guides().iter().flat_map(efforts) {
            let name = format!("{} {} {:?}", guide.service.id, guide.identity_provider.id, effort.way);
            let Some(line) = lines.iter().find(|line| line.is_about(guide, &effort)) else {
                wrong.push(format!("{name}: not in effort.csv, counted {effort:?}"));
                continue;
            };
            if (effort.actions, effort.values) != (line.actions, line.values) {
                let more = effort.actions > line.actions || effort.values > line.values;
                let advice =
                    if more { "the guide asks more than before" } else { "lower the figures in effort.csv" };
                wrong.push(format!("{name}: {:?}, {}: {advice}", effort.actions, effort.values));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(
            lines
                .iter()
                .all(|line| guide(line).efforts().iter().any(|effort| line.is_about(guide(line), effort)))
        );
    }

    #[test]
    fn the_way_to_take_asks_no_more_than_the_vendor_s_own_guide() {
        let lines = committed().unwrap();
        let mut compared = 0;
        for (line, vendor) in lines.iter().filter_map(|line| Some((line, line.vendor?))) {
            let taken = guide(line).efforts().swap_remove(0);
            assert!(taken.actions.is_some_and(|actions| actions <= vendor.0), "{line:?}: {taken:?}");
            assert!(taken.values <= vendor.1, "{line:?}: {taken:?}");
            compared += 1;
        }
        assert_eq!(compared, 5);
    }

    #[test]
    fn by_hand_entra_is_what_was_counted_in_the_vendor_s_guide() {
        let lines = committed().unwrap();
        let by_hand =
            lines.iter().find(|line| (line.provider, line.way) == ("entra", Some("by-hand"))).unwrap();
        let (actions, values) = by_hand.vendor.unwrap();
        assert!(actions.abs_diff(45) <= 3, "about 45 portal actions, and not {actions}");
        assert_eq!((values, by_hand.values), (10, 10), "the same values change hands in both guides");
    }

    #[test]
    fn a_line_that_is_cut_short_is_told() {
        assert_eq!(read("a,b,,1,2"), None);
        assert_eq!(read("a,b,,1,x,,"), None);
        assert_eq!(read("a,b,c,-,2,1+2,3").unwrap().vendor, Some((3, 3)));
    }
}
