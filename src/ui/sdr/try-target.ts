import ffiUtil = require("ffi/util");
import type { Failure } from "../../core/failure";
import type { Result } from "../../core/result";
import type { SdrTarget } from "../../core/sdr-settings";
import type { SdrTested } from "../../ports/sdr-sync";
import { asking } from "../asking";
import { isUnproven } from "../certificate";
import { _ } from "../gettext";
import { chooseOrLeave } from "../say";
import { explainFailure } from "./failure";
import type { SdrPorts } from "./ports";
import { failureWords, placeName } from "./reasons";
import { askForCloudTrust } from "./trust";

const T = ffiUtil.template;

interface AfterTry {
  /** With the certificate, or the open road, that the reader agreed to. */
  found(this: void, target: SdrTarget, tested: SdrTested): void;
  change(this: void): void;
}

/** Looks whether a folder can be had; when not, says why, and what may be done about it here. */
export function tryTarget(ports: SdrPorts, target: SdrTarget, after: AfterTry): void {
  asking<Result<SdrTested, Failure>>(
    T(_("Looking at %1…"), placeName(target)),
    done => ports.sdr.test(target, tested => done(tested)),
    tested => {
      if (tested.ok) after.found(target, tested.value);
      else explain(ports, target, tested.failure, after);
    },
  );
}

function explain(ports: SdrPorts, target: SdrTarget, failure: Failure, after: AfterTry): void {
  if (target.kind === "webdav" && isUnproven(failure)) {
    const pin = failure.fingerprint;
    return askForCloudTrust(failure, target, () => tryTarget(ports, { ...target, pin }, after), after.change);
  }
  if (target.kind === "webdav" && failure.inTheOpen === true) {
    return chooseOrLeave(
      T(_("%1\n\nUse it all the same?"), failureWords(failure, target, ports.overview.now())),
      { text: _("Change it"), action: () => after.change() },
      {
        text: _("Use it"),
        action: () => {
          tryTarget(ports, { ...target, mayTravelOpenly: true }, after);
        },
      },
    );
  }
  explainFailure(ports, failure, target, () => after.change());
}
