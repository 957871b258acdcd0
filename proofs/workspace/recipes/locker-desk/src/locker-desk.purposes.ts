import type { CodePurposes } from '@portillon/auth';

export const lockerDeskPurposes = {
  locker: {
    journal: { fr: 'Ouvrir un casier', en: 'Open a locker' },
    texts: {
      fr: {
        subject: 'ouvrir un casier',
        title: 'Votre code de casier',
        sentence: () => 'Saisissez ce code devant le casier.',
        sms: 'code de casier',
      },
      en: {
        subject: 'open a locker',
        title: 'Your locker code',
        sentence: () => 'Enter this code in front of the locker.',
        sms: 'locker code',
      },
    },
  },
} satisfies CodePurposes;

declare module '@portillon/otp' {
  interface OtpPurposes {
    lockerDesk: keyof typeof lockerDeskPurposes;
  }
}
