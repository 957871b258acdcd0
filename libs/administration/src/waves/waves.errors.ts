import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of waves of invitations. */
export const wavesErrors = {
  'wave.state': {
    status: 409,
    fr: {
      title: 'Sans objet pour cette vague',
      detail: 'L’état actuel de cette vague ne permet pas cette action. Rechargez sa page.',
    },
    en: {
      title: 'Not for this wave as it is',
      detail: 'The present state of this wave does not allow this act. Reload its page.',
    },
  },
  'wave.empty': {
    status: 409,
    fr: {
      title: 'Personne à inviter',
      detail: 'Aucun compte n’attend d’invitation dans ces structures, ou une autre vague les invite déjà.',
    },
    en: {
      title: 'No one to invite',
      detail:
        'No account of these organisations waits for an invitation, or another wave invites them already.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    administrationWaves: typeof wavesErrors;
  }
}
