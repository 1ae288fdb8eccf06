//! Labels of an axis.

/// Into how many steps an axis is divided at most.
const STEPS: f64 = 6.0;
/// A round distance between two labels, so that there are few of them.
pub(super) fn step(largest: f64) -> f64 {
    let rough = (largest / STEPS).max(0.1);
    let power = 10_f64.powf(rough.log10().floor());
    let round = [1.0, 2.0, 5.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough);
    round.unwrap_or(10.0 * power)
}

/// Labels from zero to the end.
pub(super) fn steps(end: f64, step: f64) -> impl Iterator<Item = f64> {
    // A sum of tenths has more digits than anybody wants to read.
    let label = move |number: u32| (f64::from(number) * step * 100.0).round() / 100.0;
    (0..).map(label).take_while(move |value| *value <= end + step / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_round_and_reach_the_end() {
        assert_eq!((step(1_300.0), step(6.3), step(0.0)), (500.0, 2.0, 0.1));
        assert_eq!(steps(8.0, 2.0).collect::<Vec<_>>(), [0.0, 2.0, 4.0, 6.0, 8.0]);
    }
}
