use std::io::Write;

use anstyle::Style;
use anyhow::bail;
use clap::Args;
use kyclint::checks::Check;
use kyclint::checks::REGISTRY;
use kyclint::checks::Side;
use kyclint::verdict::Rule;
use serde_json::json;

use super::NAME;
use crate::exit::Exit;

/// List the checks, or explain one.
#[derive(Args, Debug)]
pub struct ChecksArgs {
    /// The check or rule to explain; without it all are listed
    id: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &ChecksArgs) -> anyhow::Result<Exit> {
    let mut out = anstream::stdout().lock();
    if let Some(rule) = args.id.as_ref().and_then(|id| id.parse().ok()) {
        explain_rule(&mut out, rule, args.json)?;
        return Ok(Exit::Clean);
    }
    let checks: Vec<&Check> = match &args.id {
        Some(id) => vec![find(id)?],
        None => REGISTRY.iter().collect(),
    };
    if args.json {
        let described: Vec<_> = checks.into_iter().map(describe).collect();
        serde_json::to_writer_pretty(&mut out, &described)?;
        writeln!(out)?;
    } else if args.id.is_some() {
        explain(&mut out, checks[0])?;
    } else {
        list(&mut out, &checks)?;
    }
    Ok(Exit::Clean)
}

fn find(id: &str) -> anyhow::Result<&'static Check> {
    if let Some((_, check)) = kyclint::checks::find(id) {
        return Ok(check);
    }
    let known: Vec<_> = REGISTRY.iter().map(|check| check.id).chain(Rule::ALL.map(Rule::id)).collect();
    bail!("unknown check `{id}`; known are {}", known.join(", "))
}

fn list(out: &mut impl Write, checks: &[&Check]) -> std::io::Result<()> {
    let bold = Style::new().bold();
    for check in checks {
        writeln!(out, "{bold}{:NAME$}{bold:#} {:26} {}", check.id, categories(check), check.summary())?;
    }
    for rule in Rule::ALL {
        writeln!(out, "{bold}{:NAME$}{bold:#} {:26} {}", rule.id(), "(submission)", rule.message())?;
    }
    Ok(())
}

fn explain(out: &mut impl Write, check: &Check) -> std::io::Result<()> {
    let bold = Style::new().bold();
    writeln!(out, "{bold}{}{bold:#} ({})\n", check.id, categories(check))?;
    for line in check.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        match line.strip_prefix("# ") {
            Some(heading) => writeln!(out, "{bold}{heading}{bold:#}")?,
            None => writeln!(out, "{line}")?,
        }
    }
    writeln!(out, "\n{bold}Unit{bold:#}\n{}\n\n{bold}Measured on{bold:#}", check.unit)?;
    let types: Vec<_> = check.applies_to.iter().map(|kind| kind.id()).collect();
    writeln!(out, "{}\n\n{bold}Default band{bold:#}\n{}", types.join(", "), check.band)?;
    for side in [Side::Below, Side::Above] {
        if let Some(fault) = check.faults.on(side) {
            writeln!(out, "\n{bold}{}{bold:#}: {}\n{}", fault.category, fault.message, fault.advice)?;
        }
    }
    Ok(())
}

fn explain_rule(out: &mut impl Write, rule: Rule, json: bool) -> anyhow::Result<()> {
    let consequence = rule.default_consequence().id();
    if json {
        let (message, advice) = (rule.message(), rule.advice());
        let described = json!([{"id": rule.id(), "message": message, "advice": advice, "default": consequence}]);
        serde_json::to_writer_pretty(&mut *out, &described)?;
        return Ok(writeln!(out)?);
    }
    let bold = Style::new().bold();
    writeln!(out, "{bold}{rule}{bold:#} (submission)\n\n{}\n{}", rule.message(), rule.advice())?;
    Ok(writeln!(out, "\n{bold}By default{bold:#}\n{consequence}")?)
}

fn describe(check: &Check) -> serde_json::Value {
    let faults = check
        .faults
        .iter()
        .map(|fault| json!({"category": fault.category.id(), "message": fault.message, "advice": fault.advice}));
    let band: serde_json::Map<_, _> =
        check.band.limits().map(|(limit, value)| (limit.key().to_owned(), value.into())).collect();
    json!({
        "id": check.id,
        "unit": check.unit,
        "summary": check.summary(),
        "docs": check.docs,
        "document_types": check.applies_to.iter().map(|kind| kind.id()).collect::<Vec<_>>(),
        "required": check.required.iter().map(|kind| kind.id()).collect::<Vec<_>>(),
        "band": band,
        "faults": faults.collect::<Vec<_>>(),
    })
}

fn categories(check: &Check) -> String {
    let mut categories: Vec<_> = check.faults.iter().map(|fault| fault.category.id()).collect();
    categories.dedup();
    categories.join(", ")
}
