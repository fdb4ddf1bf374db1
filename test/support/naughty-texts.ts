import listed from "big-list-of-naughty-strings/blns.json";

/** Google Sheets takes 50,000 characters in a cell; one is kept for an apostrophe that may have to lead the text. */
export const LONGEST_CELL_TEXT = 49_999;

/** Longest text that HubSpot takes for a property. */
const LONGEST_PROPERTY = 65_536;

/** Texts that a spreadsheet reads as something else, takes a sign away from, or shows for an error. */
const OF_SPREADSHEETS: readonly string[] = [
  ...["=1+1", "=A1", '=HYPERLINK("https://example.org","x")', '=IMPORTXML("https://example.org","//a")', "=", "==1"],
  ...["+1", "+39 06 1234", "+A1", "+", "-1", "-", "--", "-A1", "@SUM(1,2)", "@x", "@"],
  ...["'", "''", "'x", "x'", "'=1+1", "'007", "`x`"],
  ...["1/2", "1-5", "1.5.2026", "2026-11-02", "11/2/2026", "3:45", "12:30:15", "Jan 5", "Monday, 3 May"],
  ...["1e5", "1E400", "1e-9", "007", "0.10", "1,5", "1.234,56", "1 000", "12345678901234567890", "0x1F", "∞", "NaN"],
  ...["$5", "€ 3", "5 %", "50%", "(5)", "TRUE", "true", "FALSE", "false", "null", "undefined"],
  ...["#REF!", "#N/A", "#NAME?", "#DIV/0!", "#VALUE!", "#NUM!", "#NULL!", "#ERROR!", "Loading...", "Loading…", "#5"],
];

/** Blanks, line ends, invisible and half characters. */
const OF_CHARACTERS: readonly string[] = [
  ...[
    "\tx",
    "x\t",
    "a\tb",
    "a\nb",
    "a\r\nb",
    "a\rb",
    "\nx",
    "x\n",
    "\r\n",
    "  x",
    "x  ",
    " ",
    "   ",
    "\u00a0",
    "\u3000",
  ],
  ...["\u200b", "\u200bx\u200b", "a\u200bb", "\u200d", "\ufeff", "\ufeffx", "\u00ad", "\u2028", "a\u2029b", "\u0085"],
  ...["\u202eabc\u202c", "\u200fאבג", "a\u061cb", "مرحبا 123 abc", "\u2067abc\u2069"],
  ...["e\u0301", "\u00e9", "\u1e9b\u0323", "ﬁ", "Å", "\u212b", "\u0f73\u0f71", "Z\u0351\u036b\u0343algo", "İstanbul"],
  ...["\ud800", "a\udc00b", "\udfff\ud800", "\ufffd", "\uffff", "𝒳", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
  ...["\u0000", "a\u0000b", "\u0007", "\u001b[31m", "\u007f"],
];

/** What our own cells, templates and pages give a meaning to. */
const OF_OURS: readonly string[] = [
  ...["pending:1a2b3c", "unlinked:101", "101", "Error", "{title}", "{{x}}", "__proto__", "constructor", "toString"],
  ...["<b>x</b>", "</script><script>globalThis.hacked = 1</script>", '"><img src=x onerror=globalThis.hacked=1>'],
  ...["&amp;", "&#x3c;", "javascript:globalThis.hacked=1", "a\nb;c,d", "x; y; z", "\\", '"', "[]", '{"kind":"text"}'],
];

/** Texts of many characters; the last two are longer than a cell takes. */
const LONG: readonly string[] = [
  "word ".repeat(2_000).trim(),
  "x".repeat(LONGEST_CELL_TEXT),
  "=".repeat(LONGEST_CELL_TEXT),
  "\u0301".repeat(20_000),
  "😀".repeat(20_000),
  "x".repeat(LONGEST_CELL_TEXT + 1),
  "y".repeat(LONGEST_PROPERTY),
];

/** The public list of 461 strings that break programs. */
export const LISTED_TEXTS: readonly string[] = listed;

/** Those and the ones that break spreadsheets. */
export const NAUGHTY_TEXTS: readonly string[] = [...listed, ...OF_SPREADSHEETS, ...OF_CHARACTERS, ...OF_OURS, ...LONG];
