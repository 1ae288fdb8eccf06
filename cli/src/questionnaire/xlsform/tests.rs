use focalnet_domain::questionnaire::expression::Expression;
use proptest::prelude::*;

use super::{
    super::samples::{documents, sample},
    *,
};

mod foreign;
mod forms;

fn parse(source: &str) -> Result<(), String> {
    Expression::parse(source).map(drop).map_err(|error| error.to_string())
}

fn read(workbook: &[u8]) -> Result<Imported, Vec<Finding>> {
    super::read(workbook, parse)
}

#[test]
fn a_questionnaire_of_every_type_is_read_as_it_was_written() {
    let workbook = write(&sample()).unwrap();
    assert_eq!(workbook, write(&sample()).unwrap());
    assert_eq!(read(&workbook), Ok(Imported { document: sample(), remarks: Vec::new() }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read(document in documents()) {
        let imported = read(&write(&document).unwrap());
        prop_assert_eq!(imported, Ok(Imported { document, remarks: Vec::new() }));
    }
}
