/** The card: sign-in. */
export const cardFr = {
  button: 'Se connecter avec la carte CPx',
  reading: 'Lecture de la carte…',
  help: 'Carte CPS, CPF, CPE ou CPA dans son lecteur. Le navigateur vous demandera son certificat et son code.',
  helpLink: 'Aide pour la carte',
};
