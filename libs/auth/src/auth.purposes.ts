import type { CodePurposes } from './code/code.types';

/** The codes of a sign-in in progress, and those of a session that is open. */
export const authPurposes = {
  'sign-in': {
    journal: { fr: 'Se connecter', en: 'Sign in' },
    texts: {
      fr: {
        subject: 'votre code de connexion',
        title: 'Votre code de connexion',
        sentence: (service) =>
          `Vous vous connectez à ${service}. Saisissez ce code dans la page de connexion.`,
        sms: 'code de connexion',
      },
      en: {
        subject: 'your sign-in code',
        title: 'Your sign-in code',
        sentence: (service) => `You are signing in to ${service}. Enter this code in the sign-in page.`,
        sms: 'sign-in code',
      },
    },
  },
  session: {
    journal: { fr: 'Confirmer une session', en: 'Confirm a session' },
    texts: {
      fr: {
        subject: 'votre code de confirmation',
        title: 'Votre code de confirmation',
        sentence: (service) =>
          `${service} vous demande de confirmer votre identité. Saisissez ce code dans la page ouverte.`,
        sms: 'code de confirmation',
      },
      en: {
        subject: 'your confirmation code',
        title: 'Your confirmation code',
        sentence: (service) =>
          `${service} asks you to confirm who you are. Enter this code in the open page.`,
        sms: 'confirmation code',
      },
    },
  },
} satisfies CodePurposes;

declare module '@portillon/otp' {
  interface OtpPurposes {
    auth: keyof typeof authPurposes;
  }
}
