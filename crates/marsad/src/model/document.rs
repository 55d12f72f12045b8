use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One article, bulletin or message as a reader found it.
///
/// `text` is what all offsets count in: for HTML it is the extracted article text, for the other formats the text as given. Unknown metadata is
/// `None`, never an empty string.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Identifier, unique within a run: the `id` of a JSON line, else the file's path (with `#n` for the n-th document of a file).
    pub id: String,
    /// The whole text, paragraphs separated by newlines.
    pub text: String,
    /// The language as the source states it (ISO 639-1 or -3), if it does; marsad tells the language apart itself where this is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Day of publication; relative dates ("yesterday") are resolved against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Name of the author or authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Name of the publication or channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}
