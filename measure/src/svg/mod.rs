//! Latency over load as a picture: one panel for each scene, beside each other.

use std::fmt::{self, Write as _};

use self::axis::{step, steps};
use crate::curve::{Curve, Point};

mod axis;

/// What a line shows of a load.
type Of = fn(&Point) -> f64;

/// Width of a panel with its labels.
const WIDTH: f64 = 460.0;
/// Height of the picture.
const HEIGHT: f64 = 340.0;
/// Where the axes begin: from the left of a panel, and from the top.
const ORIGIN: (f64, f64) = (64.0, 280.0);
/// How long the axes are.
const AXES: (f64, f64) = (366.0, 220.0);
/// The lines: what they are called, their colour, and what they show.
const LINES: [(&str, &str, Of); 2] =
    [("p99", "#c2410c", |point| point.p99_ms), ("p50", "#1d4ed8", |point| point.p50_ms)];

/// The picture of some scenes.
pub(crate) fn picture(curves: &[Curve]) -> Result<String, fmt::Error> {
    let mut svg = String::new();
    #[expect(clippy::cast_precision_loss, reason = "there are a few panels")]
    let width = WIDTH * curves.len() as f64;
    writeln!(
        svg,
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" font-family="sans-serif" font-size="12" fill="#1f2937">
<rect width="{width}" height="{HEIGHT}" fill="#ffffff"/>"##
    )?;
    let mut left = 0.0;
    for curve in curves {
        writeln!(svg, r#"<g transform="translate({left} 0)">"#)?;
        panel(&mut svg, curve)?;
        writeln!(svg, "</g>")?;
        left += WIDTH;
    }
    writeln!(svg, "</svg>")?;
    Ok(svg)
}

fn panel(svg: &mut String, curve: &Curve) -> fmt::Result {
    let largest = |of: Of| curve.points.iter().map(of).fold(0.0, f64::max);
    let (step_x, step_y) =
        (step(largest(|point| point.offered_per_second)), step(largest(|point| point.p99_ms)));
    let end = |largest: f64, step: f64| ((largest / step).ceil() * step).max(step);
    let (end_x, end_y) =
        (end(largest(|point| point.offered_per_second), step_x), end(largest(|point| point.p99_ms), step_y));
    let x = |value: f64| ORIGIN.0 + value / end_x * AXES.0;
    let y = |value: f64| ORIGIN.1 - value / end_y * AXES.1;
    let middle_y = ORIGIN.1 - AXES.1 / 2.0;
    let (middle, right, top) = (ORIGIN.0 + AXES.0 / 2.0, ORIGIN.0 + AXES.0, ORIGIN.1 - AXES.1);
    writeln!(
        svg,
        r#"<text x="{middle}" y="24" text-anchor="middle" font-size="15" font-weight="bold">{}</text>
<text x="{middle}" y="42" text-anchor="middle">without a pause: {:.0} calls/s</text>
<text x="{middle}" y="{}" text-anchor="middle">calls offered in a second</text>
<text x="16" y="{middle_y}" text-anchor="middle" transform="rotate(-90 16 {middle_y})">milliseconds</text>"#,
        curve.scene,
        curve.most_per_second,
        ORIGIN.1 + 42.0,
    )?;
    for value in steps(end_y, step_y) {
        let at = y(value);
        writeln!(
            svg,
            r##"<path d="M{} {at:.1}H{right}" stroke="#e5e7eb"/><text x="{}" y="{:.1}" text-anchor="end">{value}</text>"##,
            ORIGIN.0,
            ORIGIN.0 - 8.0,
            at + 4.0
        )?;
    }
    for value in steps(end_x, step_x) {
        writeln!(
            svg,
            r#"<text x="{:.1}" y="{}" text-anchor="middle">{value}</text>"#,
            x(value),
            ORIGIN.1 + 20.0
        )?;
    }
    writeln!(
        svg,
        r##"<path d="M{0} {top}V{1}H{right}" fill="none" stroke="#6b7280"/>"##,
        ORIGIN.0, ORIGIN.1
    )?;
    for (name, colour, of) in LINES {
        line(
            svg,
            (name, colour),
            curve.points.iter().map(|point| (x(point.offered_per_second), y(of(point)))),
        )?;
    }
    Ok(())
}

fn line(
    svg: &mut String,
    (name, colour): (&str, &str),
    points: impl Iterator<Item = (f64, f64)>,
) -> fmt::Result {
    let (mut path, mut dots, mut last) = (String::new(), String::new(), (0.0, 0.0));
    for (x, y) in points {
        write!(path, "{x:.1},{y:.1} ")?;
        write!(dots, r#"<circle cx="{x:.1}" cy="{y:.1}" r="3"/>"#)?;
        last = (x, y);
    }
    writeln!(
        svg,
        r#"<g fill="{colour}"><polyline points="{}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}<text x="{:.1}" y="{:.1}">{name}</text></g>"#,
        path.trim_end(),
        last.0 + 7.0,
        last.1 + 4.0
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_a_panel_for_each_scene() {
        let point = |rate, ms| Point { offered_per_second: rate, p50_ms: ms, p99_ms: 2.0 * ms };
        let points = vec![point(100.0, 1.0), point(900.0, 4.0)];
        let curve = |scene: &str| Curve {
            scene: scene.into(),
            most_per_second: 1e3,
            points: points.clone(),
            failed: Vec::new(),
        };
        let svg = picture(&[curve("read_request"), curve("ask")]).unwrap();
        assert_eq!(svg.matches("<polyline").count(), 4);
        assert!(svg.contains(">ask</text>") && svg.ends_with("</svg>\n"));
    }
}
