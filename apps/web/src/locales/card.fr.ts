/** The card: sign-in, linking, help. */
export const cardFr = {
  button: 'Se connecter avec la carte CPx',
  reading: 'Lecture de la carte…',
  help: 'Carte CPS, CPF, CPE ou CPA dans son lecteur. Le navigateur vous demandera son certificat et son code.',
  helpLink: 'Aide pour la carte',
  link: {
    title: 'Carte CPx',
    none: 'Aucune carte n’est rattachée à votre compte. Insérez la vôtre, puis rattachez-la : vous pourrez ensuite vous connecter avec elle, sans mot de passe ni code.',
    already: 'Votre compte est rattaché à l’identifiant national {id} : la carte qui le porte vous connecte.',
    button: 'Rattacher ma carte',
    done: 'Votre carte est rattachée : elle vous connecte désormais.',
  },
};
