import type { Locale } from '@portillon/kernel';

const fr = {
  title: 'Boîte aux lettres de démonstration',
  notice:
    'Aucun message ne part d’ici\u00a0: les e-mails et les SMS s’affichent dans cette page. Aucune donnée n’est réelle.',
  demo: 'Démonstration.',
  signIn: 'Aller à la page de connexion',
  other: 'English',
  people: 'Les comptes de démonstration',
  password: 'Tous ont le même mot de passe\u00a0:',
  boxes: 'Boîtes aux lettres',
  everyone: 'Tous les messages',
  others: 'Autres destinataires',
  messages: 'Messages',
  none: 'Aucun message pour l’instant. Ils apparaissent ici dès leur envoi.',
  arrived: 'Un nouveau message est arrivé.',
  copy: 'Copier le code',
  copied: 'Code copié',
  preview: 'Aperçu de l’e-mail',
  text: 'En texte seul',
  EMAIL: 'E-mail à',
  SMS: 'SMS à',
  verified: 'portable validé',
  roles: {
    professional: 'professionnel de santé',
    'structure-admin': 'administratrice de structure',
    'national-admin': 'administration nationale',
  },
};

export type DemoTexts = typeof fr;

const en: DemoTexts = {
  title: 'Demo mailbox',
  notice: 'No message leaves this machine: emails and text messages appear in this page. No data is real.',
  demo: 'Demo.',
  signIn: 'Go to the sign-in page',
  other: 'Français',
  people: 'The demo accounts',
  password: 'All of them have the same password:',
  boxes: 'Mailboxes',
  everyone: 'All messages',
  others: 'Other recipients',
  messages: 'Messages',
  none: 'No message yet. They appear here as soon as they are sent.',
  arrived: 'A new message has come.',
  copy: 'Copy the code',
  copied: 'Code copied',
  preview: 'Preview of the email',
  text: 'As plain text',
  EMAIL: 'Email to',
  SMS: 'Text message to',
  verified: 'mobile number verified',
  roles: {
    professional: 'health professional',
    'structure-admin': 'administrator of an organisation',
    'national-admin': 'national administration',
  },
};

export const DEMO_TEXTS: Record<Locale, DemoTexts> = { fr, en };
