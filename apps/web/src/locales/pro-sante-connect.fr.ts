export const proSanteConnectFr = {
  button: 'S’identifier avec Pro Santé Connect',
  help: 'Avec votre e-CPS ou votre carte CPS. Aucun code ne vous sera demandé.',
  away: 'Pro Santé Connect ne répond pas en ce moment. Les autres moyens de se connecter restent possibles.',
  lookAgain: 'Vérifier s’il répond de nouveau',
};
