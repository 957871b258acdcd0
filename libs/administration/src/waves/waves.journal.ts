import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of waves of invitations. */
export const wavesJournal = {
  events: {
    invitation_wave_started: {
      subject: 'arrivals',
      siem: 'account.create',
      fr: 'Vague d’invitations commencée',
      en: 'Wave of invitations started',
    },
    invitation_wave_paused: {
      subject: 'arrivals',
      siem: 'entity.update',
      fr: 'Vague d’invitations mise en pause',
      en: 'Wave of invitations paused',
    },
    invitation_wave_resumed: {
      subject: 'arrivals',
      siem: 'entity.update',
      fr: 'Vague d’invitations reprise',
      en: 'Wave of invitations resumed',
    },
    invitation_wave_reminded: {
      subject: 'arrivals',
      siem: 'entity.update',
      fr: 'Rappels d’une vague d’invitations demandés',
      en: 'Reminders of a wave of invitations requested',
    },
    invitation_wave_ended: {
      subject: 'arrivals',
      siem: 'entity.update',
      fr: 'Vague d’invitations terminée',
      en: 'Wave of invitations ended',
    },
  },
  reasons: {
    bounces: { fr: 'Trop de messages non remis', en: 'Too many mails bounced' },
    'wave-over': { fr: 'Dernier jour de la vague passé', en: 'The last day of the wave is over' },
  },
  data: {
    wave: { fr: 'Numéro de la vague', en: 'Number of the wave' },
    waveName: { fr: 'Nom de la vague', en: 'Name of the wave' },
    people: { fr: 'Personnes', en: 'People' },
    perHour: { fr: 'Invitations par heure', en: 'Invitations an hour' },
    invited: { fr: 'Personnes invitées', en: 'People invited' },
    bounced: { fr: 'Messages non remis', en: 'Mails that bounced' },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationWaves: typeof wavesJournal;
  }
}
