// types/ against the releases of KOReader that we support; and a look at whether the comparison can fail at all.
import { describe, expect, it } from "vitest";
import { checkDeclarations } from "../../scripts/check-types.mjs";
import { loadReleases } from "../../scripts/koreader-api.mjs";
import { UNCHECKED } from "../../scripts/koreader-exceptions.mjs";

const data = "test/fixtures/koreader-api";

it("our declarations fit every release of KOReader that we support", () => {
  expect(checkDeclarations("types", data)).toEqual([]);
});

it("no module is left unchecked that the data knows", () => {
  const known = loadReleases(data).flatMap(release => Object.keys(release.modules));
  expect(known.filter(module => UNCHECKED.has(module))).toEqual([]);
});

describe("wrong declarations", () => {
  const problems = checkDeclarations("test/fixtures/wrong-types", data);

  it.each([
    ["a member that does not exist", "ui/uimanager.forgetAll does not exist in v2026.07.2"],
    ["a field that does not exist", "ui/uimanager.no_such_field does not exist in v2024.07"],
    ["a function that is a method", "ui/uimanager.close is a method, declared as a function in v2025.10"],
    ["a method that is a function", "util.makePath is a function, declared as a method in v2024.07"],
    ["too many parameters", "ui/uimanager.isWidgetShown takes (widget), declared with 2 in v2026.03"],
    ["variable arguments that are not taken", "ui/uimanager.preventStandby takes no variable arguments in v2025.04"],
    ["what is younger than it says", "ui/widget/booklist.resetBookInfoCache does not exist in v2024.07"],
    ["a field of a widget that does not exist", "ui/widget/infomessage.txet does not exist in v2024.07"],
    ["a module that the data does not know", "ui/no/such/module.init does not exist in v2024.07"],
    ["an event that nobody sends", "onNeverSent is never sent in v2024.07"],
    ["an event without such an argument", "onSuspend is sent with 0 arguments in v2024.07"],
    ["a wrong form in a class", "KOReader.Rolling.getLastProgress is a method, declared as a function in v2024.07"],
  ])("%s is found", (_what, problem) => {
    expect(problems.map(each => each.replace(/^\S+ /, ""))).toContain(problem);
  });

  it("what is right is not", () => {
    const wrong =
      /forgetAll|no_such|\.close|makePath|isWidgetShown|preventStandby|resetBook|txet|no\/such|onNever|onSusp|Rolling/;
    expect(problems.filter(problem => !wrong.test(problem))).toEqual([]);
  });
});
