use focalnet_domain::questionnaire::Document;
use proptest::prelude::*;

use super::{
    super::samples::{documents, sample},
    *,
};

mod cells;
mod foreign;
mod forms;
mod places;

/// What is read, and what is said of what is not.
fn document(workbook: &[u8]) -> Result<(Document, Vec<Finding>), Vec<Finding>> {
    read(workbook).map(|Imported { document, remarks, .. }| (document, remarks))
}

#[test]
fn a_questionnaire_of_every_type_is_read_as_it_was_written() {
    let workbook = write(&sample()).unwrap();
    assert_eq!(workbook, write(&sample()).unwrap());
    assert_eq!(document(&workbook), Ok((sample(), Vec::new())));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read(written in documents()) {
        prop_assert_eq!(document(&write(&written).unwrap()), Ok((written, Vec::new())));
    }
}
