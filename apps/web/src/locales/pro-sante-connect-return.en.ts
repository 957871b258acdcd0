import type { proSanteConnectReturnFr } from './pro-sante-connect-return.fr';

export const proSanteConnectReturnEn: typeof proSanteConnectReturnFr = {
  proSanteConnect: {
    refusal: {
      cancelled:
        'You stopped signing in with Pro Santé Connect. Nothing has changed: start again, or sign in another way.',
      late: 'This sign-in with Pro Santé Connect is no longer valid: it took more than 15 minutes, was used already, or comes from another browser. Start again.',
      identity:
        'Pro Santé Connect did not confirm who you are. Start again. If it goes on, sign in another way and tell support.',
      account:
        'Pro Santé Connect recognised you, but no active account is linked to your national identifier. If you have a password, sign in with it, then link your e-CPS under “My account”. Otherwise ask the administrator of your structure to create, link or reactivate your account.',
      unavailable: 'Pro Santé Connect does not answer. Sign in another way, or try again in a few minutes.',
      attempts:
        'Too many sign-ins with Pro Santé Connect come from your network. Wait a few minutes, or sign in another way.',
      failed: 'Signing in with Pro Santé Connect did not work. Start again, or sign in another way.',
      support: 'Need help? Write to',
      leave: 'Is this not you, or does somebody else want to sign in here?',
      leaveLink: 'Leave Pro Santé Connect on this computer',
    },
    activity: {
      title: 'Choose your practice',
      intro: 'Pro Santé Connect knows several practices of yours. Under which do you sign in?',
      label: 'Practice',
      unnamed: 'Practice without a declared structure',
      profession: {
        10: 'Physician',
        21: 'Pharmacist',
        26: 'Hearing care professional',
        28: 'Optician',
        40: 'Dentist',
        50: 'Midwife',
        60: 'Nurse',
        70: 'Physiotherapist',
        80: 'Podiatrist',
        86: 'Medical laboratory technician',
        91: 'Speech therapist',
        92: 'Orthoptist',
        94: 'Occupational therapist',
      },
      mode: { L: 'in private practice', S: 'as an employee', B: 'as a volunteer' },
      missing: 'Choose a practice.',
      submit: 'Continue',
    },
  },
};
