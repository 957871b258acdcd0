import type { CodePurposes } from '@portillon/auth';

/** The codes that prove a number or an address. */
export const myAccountPurposes = {
  'phone-verification': {
    proves: 'SMS',
    journal: { fr: 'Valider un téléphone portable', en: 'Verify a mobile number' },
    texts: {
      fr: {
        subject: 'validation de votre numéro',
        title: 'Validation de votre numéro de téléphone portable',
        sentence: () => 'Saisissez ce code dans «\u00a0Mon compte\u00a0» pour valider votre numéro.',
        sms: 'code de validation du numéro',
      },
      en: {
        subject: 'verify your number',
        title: 'Verification of your mobile number',
        sentence: () => 'Enter this code under “My account” to verify your number.',
        sms: 'number verification code',
      },
    },
  },
  'mail-change': {
    proves: 'EMAIL',
    journal: { fr: 'Changer d’adresse e‑mail', en: 'Change the email address' },
    texts: {
      fr: {
        subject: 'validation de votre adresse',
        title: 'Validation de votre adresse e-mail',
        sentence: () => 'Saisissez ce code dans «\u00a0Mon compte\u00a0» pour valider cette adresse.',
        sms: "code de validation d'adresse",
        notYou:
          'Si vous n’avez rien demandé, ignorez ce message\u00a0: quelqu’un a sans doute mal saisi son adresse, et rien ne change sans ce code.',
      },
      en: {
        subject: 'verify your address',
        title: 'Verification of your e-mail address',
        sentence: () => 'Enter this code under “My account” to verify this address.',
        sms: 'address verification code',
        notYou:
          'If you did not ask for it, ignore this message: someone probably mistyped their address, and nothing changes without this code.',
      },
    },
  },
} satisfies CodePurposes;

declare module '@portillon/otp' {
  interface OtpPurposes {
    myAccount: keyof typeof myAccountPurposes;
  }
}
