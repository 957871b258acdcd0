import type { ImportLine, ImportProblem, LineState } from '@portillon/account';
import type { Locale } from '@portillon/kernel';
import { importWarnings } from './import-problem-text.service';

type Column = readonly [title: string, cell: (line: ImportLine) => string | number];

interface Words {
  titles: readonly string[];
  states: Record<LineState, string>;
  fields: Record<string, string>;
  colon: string;
}

const WORDS: Record<Locale, Words> = {
  fr: {
    titles: ['Ligne', 'État', 'Identifiant', 'Nom', 'Adresse e-mail', 'Ce qui ne va pas', 'À savoir'],
    states: {
      NEW: 'à vérifier',
      GOOD: 'bonne, rien de créé',
      BAD: 'à corriger',
      MADE: 'compte créé',
      INVITED: 'compte créé, invitation écrite',
      UNDONE: 'création annulée',
      KEPT: 'gardé\u00a0: déjà utilisé',
    },
    fields: {
      username: 'Identifiant',
      email: 'Adresse e-mail',
      displayName: 'Nom affiché',
      givenName: 'Prénom',
      familyName: 'Nom',
      roles: 'Rôle',
      structure: 'Structure',
      locale: 'Langue',
      nationalId: 'Identifiant national',
    },
    colon: '\u00a0: ',
  },
  en: {
    titles: ['Line', 'State', 'User name', 'Name', 'Mail address', 'What is wrong', 'Worth knowing'],
    states: {
      NEW: 'to be checked',
      GOOD: 'good, nothing made',
      BAD: 'to correct',
      MADE: 'account made',
      INVITED: 'account made, invitation written',
      UNDONE: 'taken back',
      KEPT: 'kept: in use already',
    },
    fields: {
      username: 'User name',
      email: 'Mail address',
      displayName: 'Display name',
      givenName: 'Given name',
      familyName: 'Family name',
      roles: 'Role',
      structure: 'Organisation',
      locale: 'Language',
      nationalId: 'National identifier',
    },
    colon: ': ',
  },
};

/** The results of lines, for a spreadsheet; `text` explains a problem. */
export function reportColumns(locale: Locale, text: (problem: ImportProblem) => string): Column[] {
  const { titles, states, fields, colon } = WORDS[locale];
  const messages = (found: ImportProblem[]) =>
    found.map((one) => `${fields[one.field] ?? one.field}${colon}${text(one)}`).join(' ');
  const cells: Column[1][] = [
    ({ line }) => line,
    ({ state }) => states[state],
    ({ content }) => content.username,
    ({ content }) => content.displayName,
    ({ content }) => content.email,
    ({ problems }) => messages(problems),
    ({ content }) => messages(importWarnings(content)),
  ];
  return cells.map((cell, index) => [titles[index]!, cell]);
}
