// KOReader's modules for a spec that runs outside of the stand-in reader: imported before what needs them.
import "../../reader/system/lua-patches";
import { registerModules } from "../../reader/modules";

registerModules();
