import type { Locale } from '@portillon/kernel';

const fr = {
  refused: 'Cette demande ne peut pas aboutir',
  unknown:
    'L’application qui vous envoie ici n’est pas connue de ce service, ou son adresse de retour n’est pas enregistrée.',
  down: 'Ce service ne peut pas répondre en ce moment. Votre connexion n’est pas en cause.',
  foreign: 'Cette réponse ne vient pas d’une page de ce service : rien n’a été fait.',
  other:
    'L’application qui vous envoie ici a fait une demande que ce service ne peut pas traiter, ou trop ancienne.',
  startAgain: 'Revenez à l’application et ouvrez-la de nouveau.',
  later: 'Attendez quelques minutes, puis revenez à l’application et ouvrez-la de nouveau.',
  fromHome: 'Pour vous déconnecter, allez à l’accueil et choisissez « Se déconnecter ».',
  again: 'Recommencer depuis',
  reference: 'Si cela se reproduit, donnez cette référence au support de l’application :',
  home: 'Aller à l’accueil',
  signOut: 'Voulez-vous vous déconnecter ?',
  everywhere: 'Vous serez déconnecté de toutes les applications ouvertes avec cette connexion.',
  yes: 'Se déconnecter',
  no: 'Rester connecté',
  signingOut: 'Déconnexion en cours',
  elsewhere: 'Vous êtes déconnecté ici, et bientôt du service qui a vérifié votre identité.',
  goOn: 'Continuer',
  signedOut: 'Vous êtes déconnecté',
  close: 'Sur un poste partagé, fermez aussi le navigateur.',
};

const en: typeof fr = {
  refused: 'This request cannot be completed',
  unknown:
    'The application that sent you here is not known to this service, or its return address is not registered.',
  down: 'This service cannot answer at the moment. Nothing is wrong with your sign-in.',
  foreign: 'This answer does not come from a page of this service: nothing was done.',
  other:
    'The application that sent you here made a request that this service cannot process, or one that is too old.',
  startAgain: 'Go back to the application and open it again.',
  later: 'Wait a few minutes, then go back to the application and open it again.',
  fromHome: 'To sign out, go to the home page and choose “Sign out”.',
  again: 'Start again from',
  reference: 'If it happens again, give this reference to the application’s support:',
  home: 'Go to the home page',
  signOut: 'Do you want to sign out?',
  everywhere: 'You will be signed out of every application opened with this sign-in.',
  yes: 'Sign out',
  no: 'Stay signed in',
  signingOut: 'Signing out',
  elsewhere: 'You are signed out here, and shortly of the service that verified your identity.',
  goOn: 'Continue',
  signedOut: 'You are signed out',
  close: 'On a shared workstation, close the browser too.',
};

/** The texts of the provider's own pages. */
export const PAGE_TEXTS: Readonly<Record<Locale, typeof fr>> = { fr, en };
