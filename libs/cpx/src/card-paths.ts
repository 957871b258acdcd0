/** All that the card's own origin serves. */
export const CARD_PATHS: readonly string[] = ['/api/sign-in/cpx', '/api/account/card/presentation'];

/** The page that helps whose card does not work. */
export const HELP_PAGE = '/aide/carte';
