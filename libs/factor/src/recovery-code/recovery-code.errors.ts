import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of recovery codes. */
export const recoveryCodeErrors = {
  'recovery-code.rejected': {
    status: 401,
    fr: {
      title: 'Code de secours refusé',
      detail:
        'Ce code n’est pas le bon, ou il a déjà servi. Vérifiez chaque caractère, ou prenez le code suivant de votre liste. Si vous en avez créé depuis, seuls les derniers ouvrent. Sinon, demandez un accès à l’administrateur de votre structure.',
    },
    en: {
      title: 'Recovery code rejected',
      detail:
        'This is not the right code, or it was used already. Check each character, or take the next code of your list. If you made new ones since, only the latest open. Otherwise, ask the administrator of your structure for access.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    recoveryCode: typeof recoveryCodeErrors;
  }
}
