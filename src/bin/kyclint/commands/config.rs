use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use clap::Subcommand;
use kyclint::config::Settings;
use kyclint::config::render;
use kyclint::config::schema;

use crate::args::SettingsArgs;
use crate::exit::Exit;

/// Show, check or describe the configuration.
#[derive(Args, Debug)]
pub struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print the effective configuration as commented TOML
    Show(SettingsArgs),
    /// Check configuration files, laid over each other as `audit` does
    Check {
        /// TOML files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Print a JSON Schema of configuration files, for editors
    Schema,
}

pub fn run(args: &ConfigArgs) -> anyhow::Result<Exit> {
    let mut out = anstream::stdout().lock();
    match &args.command {
        ConfigCommand::Show(settings) => write!(out, "{}", render(&settings.load()?))?,
        ConfigCommand::Check { files } => {
            let mut settings = Settings::default();
            for file in files {
                let text = std::fs::read_to_string(file)
                    .with_context(|| format!("cannot read the configuration {}", file.display()))?;
                settings.overlay(&file.display().to_string(), &text)?;
                writeln!(out, "{}: fine", file.display())?;
            }
        }
        ConfigCommand::Schema => {
            serde_json::to_writer_pretty(&mut out, &schema())?;
            writeln!(out)?;
        }
    }
    Ok(Exit::Clean)
}
