export const proSanteConnectEn = {
  button: 'Sign in with Pro Santé Connect',
  help: 'With your e-CPS or your CPS card. No code will be asked for.',
  away: 'Pro Santé Connect does not answer at the moment. The other ways to sign in still work.',
  lookAgain: 'See whether it answers again',
};
