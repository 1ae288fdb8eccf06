//! The domain is below the contract: where it needs a limit itself, the number is held against the contract here.

use focalnet_domain::{
    asset::{
        claim::{APPEALS, CLAIMS},
        disposition,
    },
    asset_overview, directory,
    freezing_request::{content, draft, execution},
    identifiers,
    questionnaire::{answer::Period, expression, publication},
    series, share,
};

use crate::schema::{self, Rules};

fn rules(field: &str) -> &'static Rules {
    schema::rules(field).unwrap()
}

#[test]
fn the_numbers_of_the_domain_are_those_of_the_contract() {
    for (field, number) in [
        ("AssetIdentifier.value", identifiers::MAX_CHARS),
        ("Question.key", publication::KEY_LENGTH),
        ("Question.relevant", expression::MAX_LENGTH),
        ("Question.required", expression::MAX_LENGTH),
        ("GapRule.when", expression::MAX_LENGTH),
    ] {
        assert_eq!(rules(field).max_length, number, "{field}");
    }
    for (field, number) in [
        ("Asset.claims", series::SHOWN),
        ("Asset.costs", series::SHOWN),
        ("Asset.shares", series::SHOWN),
        ("Case.members", series::SHOWN),
        ("FreezingRequest.versions", series::SHOWN),
        ("Measure.changes", series::SHOWN),
        ("Order.changes", series::SHOWN),
        ("AssetOverview.assets", asset_overview::MOST),
        ("AssetOverview.values", asset_overview::POINTS),
        ("Tally.events", asset_overview::MOST),
        ("DirectoryEntry.focal_points", directory::FOCAL_POINTS),
        ("DirectoryEntry.designations", series::SHOWN),
        ("DirectoryEntry.channels", series::SHOWN),
        ("RequestVersion.changed_paths", draft::PATHS),
    ] {
        assert_eq!(rules(field).max_items, number, "{field}");
    }
    for (field, number) in [
        ("AssetCounts.total", i64::try_from(execution::MAX_ASSETS).unwrap()),
        ("Asset.claim_count", i64::try_from(CLAIMS).unwrap()),
        ("GapRule.stale_after_months", publication::STALE_AFTER.into()),
        ("Period.amount", Period::MAX.into()),
        ("RequestContent.reporting_interval_days", content::REPORTS_APART.into()),
        ("Share.denominator", share::MAX.into()),
        ("Share.numerator", share::MAX.into()),
    ] {
        assert_eq!(rules(field).max_value, Some(number), "{field}");
    }
}

/// Steps that can be repeated have a limit. Below this limit there is always room for the steps that bring
/// something to its end.
#[test]
fn there_is_always_room_for_the_end() {
    let circles = disposition::PARTS + disposition::OF_MONEY;
    assert!(circles + disposition::ROWS.len() / 2 < rules("Asset.dispositions").max_items);
    // Lodged, under review, decided; each appeal and its decision; and then final.
    assert!(3 + 2 * APPEALS < rules("Claim.decisions").max_items);
}
