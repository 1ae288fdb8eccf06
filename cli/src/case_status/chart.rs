//! What was held was worth over time, one line of bars for each currency.

use focalnet_contract::proto::{Money, ValuePoint};
use rust_decimal::Decimal;

use super::money;

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Bars of a line at most.
const WIDTH: usize = 60;

/// A chart for each currency that has more than one value.
pub(super) fn charts(points: &[ValuePoint]) -> Vec<String> {
    let mut currencies: Vec<&str> =
        points.iter().flat_map(|point| &point.values).map(|value| value.currency_code.as_str()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    currencies.into_iter().filter_map(|currency| chart(points, currency)).collect()
}

/// On a day without value in the currency nothing was held of it.
fn series<'a>(points: &'a [ValuePoint], currency: &str) -> Vec<(&'a str, Money)> {
    let nothing = || Money { currency_code: currency.to_owned(), amount: "0".to_owned() };
    let of_day = |point: &'a ValuePoint| {
        let value = point.values.iter().find(|value| value.currency_code == currency);
        (point.valuation_date.as_str(), value.cloned().unwrap_or_else(nothing))
    };
    let all = points.iter().map(of_day);
    all.skip_while(|(_, value)| value.amount == "0").collect()
}

fn chart(points: &[ValuePoint], currency: &str) -> Option<String> {
    let series = series(points, currency);
    let amounts: Vec<Decimal> = series.iter().filter_map(|(_, value)| value.amount.parse().ok()).collect();
    let most = amounts.iter().copied().max().unwrap_or_default();
    let ((first_day, first), (last_day, last)) = (series.first()?, series.last()?);
    if series.len() < 2 || most.is_zero() {
        return None;
    }
    let shown = amounts.len().min(WIDTH);
    // If there are more points than bars, each bar stands for several points and shows the last of them.
    let bar = |number: usize| {
        let amount = amounts[(number + 1) * amounts.len() / shown - 1];
        let mut steps = (0_u8..8).rev().zip(BARS.iter().rev());
        let step = steps.find(|(step, _)| amount * Decimal::from(8) > most * Decimal::from(*step));
        step.map_or(' ', |(_, bar)| *bar)
    };
    let bars: String = (0..shown).map(bar).collect();
    Some(format!("{first_day}  {}  {bars}  {}  {last_day}\n", money(first), money(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(day: &str, values: &[(&str, &str)]) -> ValuePoint {
        let money =
            |(code, amount): &(&str, &str)| Money { currency_code: (*code).into(), amount: (*amount).into() };
        ValuePoint { valuation_date: day.into(), values: values.iter().map(money).collect() }
    }

    #[test]
    fn a_fall_is_seen() {
        let points = [
            point("2008-05-27", &[("EUR", "800.00")]),
            point("2009-05-27", &[("EUR", "400.00"), ("XAF", "5")]),
            point("2010-05-27", &[("EUR", "100.00")]),
            point("2011-05-27", &[]),
        ];
        let charts = charts(&points);
        assert_eq!(charts[0], "2008-05-27  EUR 800.00  █▄▁   EUR 0  2011-05-27\n");
        assert_eq!(charts[1], "2009-05-27  XAF 5  █    XAF 0  2011-05-27\n");
    }

    #[test]
    fn one_value_is_no_chart_and_many_fit_on_a_line() {
        assert_eq!(charts(&[point("2008-05-27", &[("EUR", "1.00")])]), <[String; 0]>::default());
        let many: Vec<_> = (0..200).map(|_| point("2008-05-27", &[("EUR", "1.00")])).collect();
        assert_eq!(charts(&many)[0].matches('█').count(), WIDTH);
    }
}
