import type { OtpPurpose } from '@portillon/otp';
import type { Locale } from '@portillon/http';

interface PurposeTexts {
  subject: string;
  title: string;
  sentence: (service: string) => string;
  /** In GSM-7 only: no ç, ê, ô, nor curly apostrophe. */
  sms: string;
  /** What to do when the reader asked for nothing, where it is not the same as for a sign-in. */
  notYou?: string;
}

interface CodeTexts {
  purpose: Record<OtpPurpose, PurposeTexts>;
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
  purpose: {
    'sign-in': {
      subject: 'votre code de connexion',
      title: 'Votre code de connexion',
      sentence: (service) => `Vous vous connectez à ${service}. Saisissez ce code dans la page de connexion.`,
      sms: 'code de connexion',
    },
    session: {
      subject: 'votre code de confirmation',
      title: 'Votre code de confirmation',
      sentence: (service) =>
        `${service} vous demande de confirmer votre identité. Saisissez ce code dans la page ouverte.`,
      sms: 'code de confirmation',
    },
    'phone-verification': {
      subject: 'validation de votre numéro',
      title: 'Validation de votre numéro de téléphone portable',
      sentence: () => 'Saisissez ce code dans « Mon compte » pour valider votre numéro.',
      sms: 'code de validation du numéro',
    },
    'mail-change': {
      subject: 'validation de votre adresse',
      title: 'Validation de votre adresse de courriel',
      sentence: () => 'Saisissez ce code dans « Mon compte » pour valider cette adresse.',
      sms: "code de validation d'adresse",
      notYou:
        'Si vous n’avez rien demandé, ignorez ce message : quelqu’un a sans doute mal saisi son adresse, et rien ne change sans ce code.',
    },
  },
  code: 'Code',
  validity: 'Valable',
  minutes: (count) => (count === 1 ? '1 minute' : `${count} minutes`),
  sent: 'Envoyé le',
  smsSent: 'Envoi',
  reference: 'Référence',
  never:
    'Ne communiquez ce code à personne : aucun agent ne vous le demandera, ni par téléphone ni par courriel.',
  notYou:
    'Si vous n’êtes pas à l’origine de cette demande, quelqu’un connaît peut-être votre mot de passe : changez-le et prévenez l’administrateur de votre structure.',
  sms: (purpose, code, minutes) =>
    `Votre ${purpose} : ${code}. Valable ${minutes} min. Ne le communiquez à personne.`,
};

const english: CodeTexts = {
  purpose: {
    'sign-in': {
      subject: 'your sign-in code',
      title: 'Your sign-in code',
      sentence: (service) => `You are signing in to ${service}. Enter this code in the sign-in page.`,
      sms: 'sign-in code',
    },
    session: {
      subject: 'your confirmation code',
      title: 'Your confirmation code',
      sentence: (service) => `${service} asks you to confirm who you are. Enter this code in the open page.`,
      sms: 'confirmation code',
    },
    'phone-verification': {
      subject: 'verify your number',
      title: 'Verification of your mobile number',
      sentence: () => 'Enter this code under “My account” to verify your number.',
      sms: 'number verification code',
    },
    'mail-change': {
      subject: 'verify your address',
      title: 'Verification of your e-mail address',
      sentence: () => 'Enter this code under “My account” to verify this address.',
      sms: 'address verification code',
      notYou:
        'If you did not ask for it, ignore this message: someone probably mistyped their address, and nothing changes without this code.',
    },
  },
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
