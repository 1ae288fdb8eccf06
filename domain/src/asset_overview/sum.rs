//! Shares of amounts in one currency, added up.

use rust_decimal::Decimal;

use crate::{money::Money, share, share::Part};

/// A sum of shares of amounts, exact until it is told: three thirds of something are all of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    /// In smallest coins.
    coins: Part,
    /// Decimals of the currency.
    scale: u32,
}

impl Sum {
    /// With a share of an amount more; what is beyond what can be computed does not count.
    pub(super) fn and(self, amount: &Money, of: Part) -> Self {
        let amount = amount.amount();
        let more = amount.mantissa().checked_mul(*of.numer()).map(|coins| Part::new(coins, *of.denom()));
        self.plus(Self { coins: more.unwrap_or_default(), scale: amount.scale() })
    }

    /// Two sums in one.
    pub(super) fn plus(self, more: Self) -> Self {
        // Of odd shares the fraction of a coin, where all together have no common denominator.
        let sum =
            share::added(self.coins, more.coins).or_else(|| share::added(self.coins, more.coins.floor()));
        Self { coins: sum.unwrap_or(self.coins), scale: more.scale }
    }

    /// What is left without one that was in it.
    pub(super) fn less(self, gone: Self) -> Self {
        self.plus(Self { coins: -gone.coins, ..gone })
    }

    pub(super) fn is_zero(self) -> bool {
        self.coins == Part::ZERO
    }

    /// As an amount, rounded down to what the currency can express.
    pub(super) fn rounded_down(self, currency: &str) -> Option<Money> {
        let amount = Decimal::try_from_i128_with_scale(self.coins.to_integer(), self.scale).ok()?;
        Money::rounded_down(currency, amount)
    }
}
