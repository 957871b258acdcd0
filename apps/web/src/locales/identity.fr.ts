/** « Mon compte » : the card and the e-CPS that open the account. */
export const identityFr = {
  identity: {
    title: 'Carte CPx et e-CPS',
    none: 'Ni carte ni e-CPS n’est rattachée à votre compte. Rattachez la vôtre, une fois : vous pourrez ensuite vous connecter avec elle, sans mot de passe ni code.',
    already:
      'Votre compte est rattaché à l’identifiant national {id} : la carte et l’e-CPS qui le portent vous connectent.',
    passwordOnly:
      'Pour rattacher une carte ou une e-CPS, déconnectez-vous, puis connectez-vous avec votre mot de passe et un code.',
    card: {
      button: 'Rattacher ma carte',
      help: 'Insérez d’abord votre carte dans son lecteur.',
      done: 'Votre carte est rattachée : elle vous connecte désormais.',
    },
    ecps: {
      button: 'Rattacher mon e-CPS avec Pro Santé Connect',
      help: 'Vous vous identifiez chez Pro Santé Connect, puis revenez ici. Vous avez 5 minutes.',
      done: 'Votre e-CPS est rattachée : Pro Santé Connect vous connecte désormais.',
    },
    refusal: {
      'sign-in': {
        cancelled: 'Vous avez interrompu le rattachement. Rien n’a changé : vous pouvez recommencer.',
      },
      identity: {
        rejected:
          'Pro Santé Connect n’a pas confirmé votre identité : rien n’est rattaché. Recommencez. Si cela continue, prévenez le support.',
      },
      account: {
        'already-linked':
          'Rien n’est rattaché : cette e-CPS l’est à un autre compte, ou le vôtre à une autre identité. Adressez-vous à l’administrateur de votre structure.',
      },
      session: {
        required: 'Rien n’est rattaché : une autre connexion a été ouverte pendant ce temps. Recommencez.',
      },
      means: {
        unavailable:
          'Pro Santé Connect ne répond pas : rien n’est rattaché. Réessayez dans quelques minutes.',
      },
      failed: 'Le rattachement n’a pas abouti : rien n’a changé. Réessayez dans quelques instants.',
    },
    unlink: {
      title: 'Supprimer ce rattachement ?',
      text: 'Ni votre carte ni votre e-CPS ne vous connecteront plus. Vos autres connexions sont fermées et un code vous sera demandé sur chaque navigateur. Pour rattacher de nouveau, connectez-vous avec mot de passe et code, ou adressez-vous à votre administrateur.',
      button: 'Supprimer le rattachement',
      done: 'Le rattachement est supprimé : le mot de passe et le code restent.',
    },
  },
};
