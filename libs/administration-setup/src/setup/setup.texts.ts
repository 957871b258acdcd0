import type { Locale } from '@portillon/kernel';

interface SetupTexts {
  subject: string;
  title: (service: string) => string;
  sentence: string;
  label: string;
  goodUntil: string;
  closing: string;
  sms: (service: string) => string;
}

const french: SetupTexts = {
  subject: 'essai d’e-mail',
  title: (service) => `Les e-mails de ${service} arrivent`,
  sentence:
    'Vous avez demandé cet essai depuis la page «\u00a0Démarrage\u00a0». Ouvrez le lien pour noter qu’il est arrivé.',
  label: 'Noter que cet e-mail est arrivé',
  goodUntil: 'Valable jusqu’au',
  closing: 'Si vous n’avez rien demandé, ignorez ce message.',
  sms: (service) => `${service} : essai de SMS, demandé depuis la page Démarrage. Rien à faire.`,
};

const english: SetupTexts = {
  subject: 'test email',
  title: (service) => `Emails of ${service} arrive`,
  sentence: 'You asked for this test on the page “Getting started”. Open the link to note that it arrived.',
  label: 'Note that this email arrived',
  goodUntil: 'Valid until',
  closing: 'If you did not ask for it, ignore this message.',
  sms: (service) => `${service}: test message, asked for on the page Getting started. Nothing to do.`,
};

export function setupTexts(locale: Locale): SetupTexts {
  return locale === 'en' ? english : french;
}
