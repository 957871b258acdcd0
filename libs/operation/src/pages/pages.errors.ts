import type { ErrorDefinitions } from '@portillon/kernel';

export const pagesErrors = {
  'pages.missing': {
    status: 404,
    fr: {
      title: 'Pages absentes',
      detail:
        'Ce serveur a été construit sans ses pages. Son exploitant doit les construire (npx nx build @portillon/web), puis le redémarrer.',
    },
    en: {
      title: 'Pages missing',
      detail:
        'This server was built without its pages. Its operator must build them (npx nx build @portillon/web), then restart it.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    pages: typeof pagesErrors;
  }
}
