/** Texts that only some pages need, loaded with the first of these pages: each file adds its keys to the others. */
export const chapters = {
  administration: {
    fr: async () => (await import('./administration.fr')).administrationFr,
    en: async () => (await import('./administration.en')).administrationEn,
  },
  events: {
    fr: async () => (await import('./events.fr')).eventsFr,
    en: async () => (await import('./events.en')).eventsEn,
  },
  help: {
    fr: async () => (await import('./help.fr')).helpFr,
    en: async () => (await import('./help.en')).helpEn,
  },
  identity: {
    fr: async () => (await import('./identity.fr')).identityFr,
    en: async () => (await import('./identity.en')).identityEn,
  },
  information: {
    fr: async () => (await import('./information.fr')).informationFr,
    en: async () => (await import('./information.en')).informationEn,
  },
  journal: {
    fr: async () => (await import('./journal.fr')).journalFr,
    en: async () => (await import('./journal.en')).journalEn,
  },
  'my-data': {
    fr: async () => (await import('./my-data.fr')).myDataFr,
    en: async () => (await import('./my-data.en')).myDataEn,
  },
  'pro-sante-connect-return': {
    fr: async () => (await import('./pro-sante-connect-return.fr')).proSanteConnectReturnFr,
    en: async () => (await import('./pro-sante-connect-return.en')).proSanteConnectReturnEn,
  },
  recovery: {
    fr: async () => (await import('./recovery.fr')).recoveryFr,
    en: async () => (await import('./recovery.en')).recoveryEn,
  },
  statistics: {
    fr: async () => (await import('./statistics.fr')).statisticsFr,
    en: async () => (await import('./statistics.en')).statisticsEn,
  },
};

export type Chapter = keyof typeof chapters;
