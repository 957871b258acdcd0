/** The way back from Pro Santé Connect: why it let nobody in, and the choice of an activity. */
export const proSanteConnectReturnFr = {
  proSanteConnect: {
    refusal: {
      cancelled:
        'Vous avez interrompu la connexion avec Pro Santé Connect. Rien n’a changé : vous pouvez recommencer, ou vous connecter autrement.',
      late: 'Cette connexion avec Pro Santé Connect n’est plus valable : elle a duré plus de 15 minutes, a déjà servi, ou vient d’un autre navigateur. Recommencez.',
      identity:
        'Pro Santé Connect n’a pas confirmé votre identité. Recommencez. Si cela continue, connectez-vous autrement et prévenez le support.',
      account:
        'Pro Santé Connect vous a reconnu, mais aucun compte actif n’est lié à votre identifiant national. Si vous avez un mot de passe, connectez-vous avec lui, puis rattachez votre e-CPS dans « Mon compte ». Sinon, demandez à l’administrateur de votre structure de créer, de lier ou de réactiver votre compte.',
      unavailable:
        'Pro Santé Connect ne répond pas. Connectez-vous autrement, ou réessayez dans quelques minutes.',
      attempts:
        'Trop de connexions avec Pro Santé Connect viennent de votre réseau. Attendez quelques minutes, ou connectez-vous autrement.',
      failed: 'La connexion avec Pro Santé Connect n’a pas abouti. Recommencez, ou connectez-vous autrement.',
      support: 'Besoin d’aide ? Écrivez à',
      leave: 'Ce n’est pas vous, ou quelqu’un d’autre veut se connecter ici ?',
      leaveLink: 'Quitter Pro Santé Connect sur ce poste',
    },
    activity: {
      title: 'Choisir votre exercice',
      intro: 'Pro Santé Connect vous connaît plusieurs exercices. Sous lequel vous connectez-vous ?',
      label: 'Exercice',
      unnamed: 'Exercice sans structure déclarée',
      // TRE_G15-ProfessionSante, the professions that most people have; of another, the structure and the mode are told.
      profession: {
        10: 'Médecin',
        21: 'Pharmacien',
        26: 'Audioprothésiste',
        28: 'Opticien-lunetier',
        40: 'Chirurgien-dentiste',
        50: 'Sage-femme',
        60: 'Infirmier',
        70: 'Masseur-kinésithérapeute',
        80: 'Pédicure-podologue',
        86: 'Technicien de laboratoire médical',
        91: 'Orthophoniste',
        92: 'Orthoptiste',
        94: 'Ergothérapeute',
      },
      mode: { L: 'à titre libéral', S: 'comme salarié', B: 'comme bénévole' },
      missing: 'Choisissez un exercice.',
      submit: 'Continuer',
    },
  },
};
