// The recipes of the developer guide are followed at every landing: a reworded comment broke them unseen before.
import '../../proofs/workspace/recipes.spec.mjs';
