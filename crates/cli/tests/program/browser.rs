//! The page of running orders, looked at in Chromium.
//!
//! Where there is no Chromium this is left out and says so, unless `MARSAD_BROWSER=required` asks for it.

use std::{
    io::Write,
    path::Path,
    process::{Command, Output},
};

use super::{folder, marsad, program, ran, rundown::fixtures};

/// Chromium's name here.
fn chromium() -> Option<&'static str> {
    let found = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|told| told.status.success()));
    if found.is_none() {
        assert!(std::env::var_os("MARSAD_BROWSER").is_none(), "MARSAD_BROWSER is set and there is no Chromium");
        // Past the capture of what tests print, so that it is seen.
        let _ = writeln!(std::io::stderr(), "SKIPPED: there is no Chromium here, the page was not looked at (apt-get install chromium)");
    }
    found
}

/// Runs before the page's own script and notes what goes wrong.
const WATCH: &str = "<script>window.wrong=[];window.hostile=0;\
    addEventListener('error',e=>wrong.push(e.message));addEventListener('unhandledrejection',e=>wrong.push(String(e.reason)));\
    addEventListener('securitypolicyviolation',e=>wrong.push(e.violatedDirective));</script>";

/// Opens a page, lets `script` act on it once it is loaded, and gives back what the script left in `done`, with the lines of the console.
fn visit(browser: &str, home: &Path, page: &str, script: &str) -> (String, Vec<String>) {
    let act = format!(
        "<script>addEventListener('load',()=>{{const done=[];{script};document.documentElement.dataset.done=done.concat(wrong).join('|');}});</script>"
    );
    let visited = page.replacen("<head>", &format!("<head>{WATCH}"), 1).replace("</body>", &format!("{act}</body>"));
    let path = home.join("visited.html");
    std::fs::write(&path, visited).unwrap();
    let Output { stdout, stderr, .. } = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr", "--virtual-time-budget=5000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", home.join("profile").display()))
        .arg(format!("file://{}", path.display()))
        .output()
        .unwrap();
    let (document, log) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    let done = document.split_once("data-done=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(done, _)| done.to_owned());
    let console = log.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned).collect();
    (done.unwrap_or_else(|| panic!("the page did not load: {}", &log[log.len().saturating_sub(600)..])), console)
}

/// The page of these transcripts.
fn page(home: &Path, files: &[String]) -> String {
    let arguments: Vec<&str> = ["rundown"].into_iter().chain(files.iter().map(String::as_str)).chain(["--html", "a.html"]).collect();
    assert_eq!(marsad(home, &arguments).code, Some(0));
    std::fs::read_to_string(home.join("a.html")).unwrap()
}

#[test]
fn a_click_or_enter_on_an_item_opens_its_sentences() {
    let Some(browser) = chromium() else { return };
    let home = folder(&[]);
    let script = "const blocks=[...document.querySelectorAll('svg .item')],dialog=document.getElementById('item'),lines=()=>document.querySelectorAll('#item-sentences li');\
        done.push(blocks.length>9,blocks.every(b=>b.getBoundingClientRect().width>0),dialog.open);\
        const story=blocks.find(b=>b.dataset.bulletin==='0'&&data.bulletins[0].items[b.dataset.item].rank===1);\
        story.dispatchEvent(new MouseEvent('click',{bubbles:true}));const said=data.bulletins[0].items[story.dataset.item].sentences;\
        done.push(dialog.open,lines().length===said.length&&said.length>0,lines()[0].textContent.endsWith(said[0].text));dialog.close();\
        const arabic=data.bulletins.findIndex(b=>b.language==='ar'),other=blocks.find(b=>b.dataset.bulletin==arabic&&data.bulletins[arabic].items[b.dataset.item].rank===1);\
        other.dispatchEvent(new KeyboardEvent('keydown',{key:'Enter',bubbles:true}));\
        done.push(dialog.open,lines()[0].dir,document.getElementById('item-headline').lang,document.documentElement.scrollWidth<=innerWidth)";
    let (done, console) = visit(browser, home.path(), &page(home.path(), &fixtures()), script);
    assert_eq!(done, "true|true|false|true|true|true|true|rtl|ar|true");
    assert!(console.is_empty(), "{console:?}");
}

#[test]
fn an_error_of_a_page_would_be_seen() {
    let Some(browser) = chromium() else { return };
    let home = folder(&[]);
    let (done, console) = visit(browser, home.path(), "<html><head></head><body></body></html>", "console.error('planted')");
    assert_eq!((done.as_str(), console.len()), ("", 1), "{console:?}");
}

#[test]
fn hostile_words_do_nothing_in_a_browser() {
    let Some(browser) = chromium() else { return };
    let hostile = "1\n00:00:01,000 --> 00:00:09,000\nTalks &lt;img src=x onerror=hostile=1&gt; &lt;script&gt;hostile=1&lt;/script&gt; in Geneva.\n\n\
        2\n00:00:12,000 --> 00:00:19,000\nFloods \"onfocus=hostile=1 autofocus x=\" {{data}} ]]&gt; &lt;/script&gt;&lt;script&gt;hostile=1&lt;/script&gt; in Sindh.\n";
    let home = folder(&[("a.srt", hostile.as_bytes()), ("b.srt", hostile.replace("Talks", "New talks").as_bytes())]);
    let ended = ran(program(home.path()).args(["rundown", "a.srt", "b.srt", "--html", "a.html"]));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let script = "document.querySelectorAll('[data-item]').forEach(e=>{e.dispatchEvent(new MouseEvent('click',{bubbles:true}));document.getElementById('item').close()});\
        done.push(document.querySelectorAll('svg .item').length>0,hostile,document.images.length)";
    let (done, console) = visit(browser, home.path(), &std::fs::read_to_string(home.path().join("a.html")).unwrap(), script);
    assert_eq!(done, "true|0|0");
    assert!(console.is_empty(), "{console:?}");
}
