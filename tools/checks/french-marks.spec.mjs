import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

const NAMED = /^[^/]+\/src\/.*\.(texts|texts\.fr|texts\.en|errors|purposes)\.ts$/;
/**
 * Texts of the API for people: refusals, mails, pages of the provider. The pages have their own check
 * (locales.spec.ts).
 */
const FILES = ['libs', 'apps'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true })
    .filter((file) => NAMED.test(file))
    .map((file) => join(folder, file)),
);
/** U+202F before ; ! ? and U+00A0 before a colon and within « ». */
const BREAKS = /« | (?=[»:;!?])|[^\S\u00a0](?=[»:])|\u00a0(?=[;!?])|\u202f(?![;!?])/;
/** The SMS alphabet has no other space. */
const PLAIN = /^sms/;

it('have a no-break space where a French line may not break', () => {
  expect(FILES.length).toBeGreaterThan(20);
  const wrong = FILES.flatMap((file) =>
    textsOf(file)
      .filter((text) => BREAKS.test(text))
      .map((text) => `${file}: ${text}`),
  );
  expect(wrong).toEqual([]);
});

/** All quoted texts of a file, except those of an SMS. */
function textsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest);
  const texts = [];
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && PLAIN.test(node.name.getText(source))) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}
