import type { Locale } from '@portillon/kernel';

/** The texts of every message with a code, for all purposes. */
interface CodeTexts {
  code: string;
  validity: string;
  minutes: (count: number) => string;
  sent: string;
  smsSent: string;
  reference: string;
  never: string;
  notYou: string;
  sms: (purpose: string, code: string, minutes: number) => string;
}

const french: CodeTexts = {
  code: 'Code',
  validity: 'Valable',
  minutes: (count) => (count === 1 ? '1 minute' : `${count} minutes`),
  sent: 'Envoyé le',
  smsSent: 'Envoi',
  reference: 'Référence',
  never:
    'Ne communiquez ce code à personne\u00a0: aucun agent ne vous le demandera, ni par téléphone ni par e-mail.',
  notYou:
    'Si vous n’êtes pas à l’origine de cette demande, quelqu’un connaît peut-être votre mot de passe\u00a0: changez-le et prévenez l’administrateur de votre structure.',
  sms: (purpose, code, minutes) =>
    `Votre ${purpose} : ${code}. Valable ${minutes} min. Ne le communiquez à personne.`,
};

const english: CodeTexts = {
  code: 'Code',
  validity: 'Valid for',
  minutes: (count) => (count === 1 ? '1 minute' : `${count} minutes`),
  sent: 'Sent on',
  smsSent: 'Sent',
  reference: 'Reference',
  never: 'Never give this code to anyone: no agent will ask you for it, by phone or by mail.',
  notYou:
    'If you did not ask for it, someone may know your password: change it and tell the administrator of your structure.',
  sms: (purpose, code, minutes) => `Your ${purpose}: ${code}. Valid ${minutes} min. Never give it to anyone.`,
};

export function codeTexts(locale: Locale): CodeTexts {
  return locale === 'en' ? english : french;
}
