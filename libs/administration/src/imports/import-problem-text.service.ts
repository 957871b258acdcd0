import { Injectable } from '@nestjs/common';
import { isMssante } from '@portillon/account';
import type { ImportProblem, ImportLine, LineState } from '@portillon/account';
import { ErrorCatalogService, Locale } from '@portillon/kernel';
import type { Administrator } from '@portillon/user-management';
import { HAS_ACCOUNT } from './import-steps.service';

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
      FOUND: 'compte existant, rien de proposé',
      PROPOSED: 'compte existant, rattachement proposé',
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
      FOUND: 'has an account, nothing proposed',
      PROPOSED: 'has an account, membership proposed',
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
    (line) => messages(importFindings(line).problems),
    (line) => messages(importFindings(line).warnings),
  ];
  return cells.map((cell, index) => [titles[index]!, cell]);
}

type Texts = Readonly<Record<string, Readonly<Record<Locale, string>>>>;

const PROPOSED = {
  fr: 'Cette personne a déjà un compte\u00a0: un rattachement à la structure lui est proposé, qu’elle accepte ou refuse.',
  en: 'This person already has an account: a membership of the organisation is proposed to them, which they accept or refuse.',
};

/** The accepted values of a cell, by field and code, in the pages' words. */
const TEXTS: Texts = {
  'nationalId has-account': PROPOSED,
  'username has-account': PROPOSED,
  'email mssante': {
    fr: 'Une adresse MSSanté ne reçoit que les messages d’autres adresses MSSanté : aucun code n’y arrivera.',
    en: 'An MSSanté address gets messages of other MSSanté addresses only: no code will arrive there.',
  },
  'roles choice': {
    fr: 'Valeurs possibles : Professionnel, Administrateur de la structure.',
    en: 'Possible values: Professional, Administrator of the organisation.',
  },
  'locale choice': {
    fr: 'Valeurs possibles : Français, Anglais.',
    en: 'Possible values: French, English.',
  },
  'structure choice': {
    fr: 'Vous importez dans votre structure : laissez cette case vide, ou écrivez le nom, le numéro FINESS ou le numéro SIRET de votre structure.',
    en: 'You import into your organisation: leave this cell empty, or write the name, FINESS number or SIRET number of your organisation.',
  },
  'structure required': {
    fr: 'Un administrateur de la structure a besoin de sa structure : écrivez son nom, son numéro FINESS ou son numéro SIRET.',
    en: 'An administrator of the organisation needs an organisation: write its name, FINESS number or SIRET number.',
  },
};

/** The accepted roles and structures, for a national administrator. */
const NATIONAL: Texts = {
  'roles choice': {
    fr: 'Valeurs possibles : Professionnel, Administrateur de la structure, Administrateur national, Auditeur.',
    en: 'Possible values: Professional, Administrator of the organisation, National administrator, Auditor.',
  },
  'structure choice': {
    fr: 'Aucune structure enregistrée n’a ce nom, ce numéro FINESS ou ce numéro SIRET.',
    en: 'No registered organisation has this name, FINESS number or SIRET number.',
  },
};

/** What is wrong with a line, and what does not prevent its account or its proposal. */
export function importFindings({ content, problems }: ImportLine): {
  problems: ImportProblem[];
  warnings: ImportProblem[];
} {
  const known = problems.filter(({ code }) => code === HAS_ACCOUNT);
  const mssante = isMssante(content.email) ? [{ field: 'email', code: 'mssante' }] : [];
  return { problems: problems.filter(({ code }) => code !== HAS_ACCOUNT), warnings: [...known, ...mssante] };
}

/** Says what is wrong with a cell of a file of accounts. */
@Injectable()
export class ImportProblemTextService {
  constructor(private readonly catalog: ErrorCatalogService) {}

  /** In the language of the request, with what the cell may hold. */
  for({ client: { locale }, scope }: Administrator): (problem: ImportProblem) => string {
    return (problem) => this.text(problem, locale, scope.structureIds === null);
  }

  /** `isNational`: who sends the file may give national roles. */
  text({ code, field }: ImportProblem, locale: Locale, isNational: boolean): string {
    const key = `${field} ${code}`;
    const text = ((isNational && NATIONAL[key]) || TEXTS[key])?.[locale];
    return text ?? this.catalog.fieldText(code, locale, field);
  }
}
