// catalogues.mjs - the texts of plugin and host as gettext keeps them, and which of them stand on a page.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const files = ['resources/locale/de/lead_system.po', 'host_sdk/reference_host/locale/de.po', 'host_sdk/reference_host/locale/en.po'];

/** [{keys: [msgid, plural], texts: [msgstr…], file}] of a catalogue. */
function entries(file) {
  return readFileSync(join(root, file), 'utf8').split(/\n\n+/).map((block) => {
    const entry = { keys: [], texts: [], file };
    let at;
    for (const line of block.split('\n')) {
      const named = /^(msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$/.exec(line);
      if (named) {
        at = named[1].startsWith('msgid') ? entry.keys : entry.texts;
        at.push(JSON.parse(named[2]));
      } else if (/^".*"$/.test(line) && at) {
        at[at.length - 1] += JSON.parse(line);
      }
    }
    return entry;
  }).filter((entry) => entry.keys[0]);
}

const all = files.flatMap(entries);
/** What is said in English: the keys, but for the few German keys that have an English text. */
const english = new Set(all.flatMap((entry) => (entry.file.endsWith('en.po') ? entry.texts : entry.keys)));
for (const entry of all.filter((one) => one.file.endsWith('en.po'))) {
  for (const key of entry.keys) if (!entry.texts.includes(key)) english.delete(key);
}
const german = [...new Set(all.flatMap((entry) => (entry.file.endsWith('en.po') ? entry.keys : [...entry.texts])))]
  .filter((text) => !english.has(text) && /[a-zäöü]{3}/i.test(text));
const whole = new Set(german.filter((text) => !/\{\d\}/.test(text)));
const patterns = german.filter((text) => /\{\d\}/.test(text) && text.replace(/\{\d\}/g, '').replace(/[^a-zäöüß]/gi, '').length > 3)
  .map((text) => new RegExp(`^${text.split(/\{\d\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`));

/** Of the texts of a page those that the German catalogue made. */
export const germanIn = (texts) => texts.filter((text) => whole.has(text) || patterns.some((pattern) => pattern.test(text)));

/** What a person reads or hears on a page: texts and labels. Run in the browser. */
export function shownTexts() {
  const shown = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.parentElement.closest('[lang]:not(html), script, style, code')) shown.push(node.data);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) shown.push(element.getAttribute(name) ?? '');
  }
  return [...new Set(shown.map((text) => text.replace(/\s+/g, ' ').trim()).filter(Boolean))];
}
