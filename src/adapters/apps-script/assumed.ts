/**
 * What nobody wrote down about Google's services, in one place. docs/fidelity.md lists these lines.
 *
 * assumed: a cell in text format keeps what a script enters as it is, leading `=` and `+` included; whether it keeps or
 * takes off a leading apostrophe is looked up once per execution (write-blocks.ts).
 * assumed: a new blob made of text is UTF-8 (codec.ts).
 * assumed: developer metadata of columns is found by the finder of the sheet under `spreadsheets.currentonly`
 * (grid-tab.ts).
 * assumed: an add-on that holds its hourly trigger may be refused a one-off one; the run then goes on with the next hour
 * (triggers.ts).
 * assumed: a write that a data validation refuses throws in the write, in the next read or in `flush`, at the latest there;
 * the execution goes on, and the same cells can be written again (sheet/write/write-past-rules.ts).
 * assumed: the texts of UrlFetchApp's exceptions; an unknown one counts as a fault of the network (http.ts).
 */

/**
 * assumed: words that a spreadsheet reads as true or false, in the languages of Google Sheets that write them with
 * letters. Not all of them.
 */
export const BOOLEAN_WORDS: ReadonlySet<string> = new Set(
  (
    "true false wahr falsch vrai faux verdadero falso vero verdadeiro waar onwaar prawda fałsz sant falskt sann usann " +
    "sand falsk tosi epätosi pravda nepravda igaz hamis adevărat fals doğru yanliş yanlış истина ложь так ні"
  ).split(" "),
);

/** assumed: no date or amount that a spreadsheet reads is longer, characters. */
export const MAX_VALUE_CHARACTERS = 40;

/** assumed: longest wait of one Utilities.sleep, ms (the reference says 300,000). */
export const MAX_SLEEP_MS = 300_000;

/** assumed: `timeoutSeconds` of UrlFetchApp is honoured; it is new and lacks in the published types. */
export const FETCH_TIMEOUT_SECONDS = 60;

/** assumed: one call takes a list of so many ranges without being slower than a call for each. */
export const MAX_LIST_RANGES = 200;

/** Number formats of one read: as many cells as one read of values takes. */
export const MAX_FORMAT_READ_CELLS = 100_000;
