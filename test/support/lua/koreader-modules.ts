// To be imported before anything that requires a module of KOReader.
import { registerModules } from "../../reader/modules";

registerModules();
