//! The codes of states and organisations that issue documents, as a prior: a code outside the table is read too, if the
//! cells say so clearly.

use std::sync::LazyLock;

use super::glyphs::A;
use super::glyphs::FILLER;
use super::glyphs::GLYPHS;
use super::glyphs::glyph;

/// ISO 3166-1 alpha-3 (as of 2024), and the codes that ICAO Doc 9303-3, section 5, adds: D for Germany, the six British
/// nationalities, Kosovo, organisations, stateless persons and refugees, the specimen state Utopia, and codes of states that
/// have ended but whose documents may still be seen.
const CODES: &str = "\
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR BLZ \
    BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU \
    DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC \
    GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM \
    KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG \
    MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL \
    PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN \
    SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB \
    VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE \
    D GBD GBN GBO GBP GBS RKS EUE UNO UNA UNK XXA XXB XXC XXX XOM XPO XBA XIM XCC XCE XCO XCT XEC XES XDC XMP UTO IAO ZIM \
    ANT NTZ SCG YUG TMP ROM ZAR";

/// The share of documents whose code is in the table.
const KNOWN: f32 = 0.98;
/// The share of documents whose holder is a national of the issuing state.
const NATIONALS: f32 = 0.7;
/// Cells of a code.
const LENGTH: usize = 3;

/// The glyphs of each known code.
static TABLE: LazyLock<Vec<[usize; LENGTH]>> = LazyLock::new(|| CODES.split_ascii_whitespace().map(spelt).collect());

/// Relative probabilities of the glyphs of one cell, 37 times the probability: uniform is 1.
pub(super) type Odds = [f32; GLYPHS.len()];
/// What is known of the cells of one code.
pub(super) type Posterior = [Odds; LENGTH];

/// The known code that `cells`, of which trailing `<` are fillers, spell.
pub(super) fn known(cells: &str) -> Option<&'static str> {
    let code = cells.trim_end_matches('<');
    CODES.split_ascii_whitespace().find(|one| *one == code)
}

/// The evidence of the issuing state and the nationality together, and the posterior of each; they agree on most documents.
pub(super) fn read(codes: &[[Odds; LENGTH]]) -> (f32, Vec<Posterior>) {
    let likelihoods: Vec<Vec<f32>> = codes.iter().map(likelihoods).collect();
    let evidences: Vec<f32> =
        (0..codes.len()).map(|at| known_evidence(&likelihoods[at]) + unknown(&codes[at])).collect();
    let weights: Vec<Vec<f32>> = (0..codes.len()).map(|at| weights(at, &likelihoods, &evidences)).collect();
    let posteriors = (0..codes.len()).map(|at| posterior(&codes[at], &weights[at])).collect();
    (joint(&likelihoods, &evidences), posteriors)
}

fn spelt(code: &str) -> [usize; LENGTH] {
    let mut cells = [FILLER; LENGTH];
    for (cell, character) in cells.iter_mut().zip(code.chars()) {
        *cell = glyph(character).unwrap_or(FILLER);
    }
    cells
}

fn likelihoods(cells: &[Odds; LENGTH]) -> Vec<f32> {
    TABLE.iter().map(|code| (0..LENGTH).map(|at| cells[at][code[at]]).product()).collect()
}

fn known_evidence(likelihoods: &[f32]) -> f32 {
    KNOWN * likelihoods.iter().sum::<f32>() / likelihoods.len() as f32
}

/// The evidence of a code outside the table: three letters, each as probable as the other.
fn unknown(cells: &[Odds; LENGTH]) -> f32 {
    (1.0 - KNOWN) * cells.iter().map(letters).product::<f32>()
}

fn letters(cell: &Odds) -> f32 {
    cell[A..FILLER].iter().sum::<f32>() / (FILLER - A) as f32
}

/// The evidence of two codes that agree for most nationals, or of the one that is seen.
fn joint(likelihoods: &[Vec<f32>], evidences: &[f32]) -> f32 {
    match (likelihoods, evidences) {
        ([first, second], [one, other]) => {
            let same: f32 = first.iter().zip(second).map(|(a, b)| a * b).sum::<f32>() * KNOWN / first.len() as f32;
            NATIONALS * same + (1.0 - NATIONALS) * one * other
        }
        _ => evidences.iter().product(),
    }
}

/// The weight of each known code in the place `at`, and last that of an unknown one.
fn weights(at: usize, likelihoods: &[Vec<f32>], evidences: &[f32]) -> Vec<f32> {
    let count = likelihoods[at].len() as f32;
    let alone = evidences[at] - known_evidence(&likelihoods[at]);
    let (Some(other), 2) = (likelihoods.get(1 - at.min(1)), likelihoods.len()) else {
        let known = likelihoods[at].iter().map(|one| KNOWN * one / count);
        return known.chain([alone]).collect();
    };
    let apart = (1.0 - NATIONALS) * evidences[1 - at];
    let known = likelihoods[at].iter().zip(other).map(|(one, same)| KNOWN * one / count * (NATIONALS * same + apart));
    known.chain([alone * apart]).collect()
}

fn posterior(cells: &[Odds; LENGTH], weights: &[f32]) -> Posterior {
    let total: f32 = weights.iter().sum();
    let mut posterior = [[0.0; GLYPHS.len()]; LENGTH];
    for (at, cell) in posterior.iter_mut().enumerate() {
        for (code, weight) in TABLE.iter().zip(weights) {
            cell[code[at]] += weight / total;
        }
        let unknown = weights[TABLE.len()] / total / (letters(&cells[at]) * (FILLER - A) as f32);
        for index in A..FILLER {
            cell[index] += unknown * cells[at][index];
        }
    }
    posterior
}
