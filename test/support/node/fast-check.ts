// Properties with a fixed seed: whoever changes nothing sees the same as yesterday. `RIBBON_SEED=… npx vitest run FILE` tries others;
// a property that fails says its seed and the path to the counterexample.
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["RIBBON_SEED"] ?? 20_261_121) });

export default fc;
