/** The card: sign-in, linking, help. */
export const cardFr = {
  button: 'Se connecter avec la carte CPx',
  reading: 'Lecture de la carte…',
  help: 'Carte CPS, CPF, CPE ou CPA dans son lecteur. Le navigateur vous demandera son certificat et son code.',
  helpLink: 'Aide pour la carte',
  link: {
    title: 'Carte CPx et e-CPS',
    none: 'Aucune carte n’est rattachée à votre compte. Insérez la vôtre, puis rattachez-la : vous pourrez ensuite vous connecter avec elle, sans mot de passe ni code.',
    already:
      'Votre compte est rattaché à l’identifiant national {id} : la carte et l’e-CPS qui le portent vous connectent.',
    button: 'Rattacher ma carte',
    done: 'Votre carte est rattachée : elle vous connecte désormais.',
  },
  unlink: {
    title: 'Supprimer ce rattachement ?',
    text: 'Ni votre carte ni votre e-CPS ne vous connecteront plus. Vos autres connexions sont fermées et un code vous sera demandé sur chaque navigateur. Pour rattacher de nouveau, présentez votre carte ou adressez-vous à votre administrateur.',
    button: 'Supprimer le rattachement',
    done: 'Le rattachement est supprimé : le mot de passe et le code restent.',
  },
};
