// What a genuine KOReader (v2026.07.2-88, on a desktop) answered to the same questions.
import { expect } from "vitest";
import { readerTest as test } from "../support/node/reader-test";

const ANSWERS: Record<string, unknown> = {
  "rapidjson.encode({ a = 1, 2 })": "[2]",
  "rapidjson.encode({ [5] = 1 })": "{}",
  'rapidjson.encode({ ["1"] = 2 })': '{"1":2}',
  "rapidjson.encode({ 1.5, 1e16, 1e21, 0.1, 1/3, 2^60 })":
    "[1.5,10000000000000000,1e21,0.1,0.3333333333333333,1152921504606846976]",
  'rapidjson.encode({ x = "\\127\\1/\\\\" })': '{"x":"\x7f\\u0001/\\\\"}',
  'rapidjson.encode(rapidjson.decode("[]"))': "[]",
  'rapidjson.encode(rapidjson.decode("{}"))': "{}",
  'getmetatable(rapidjson.decode("[]")).__jsontype': "array",
  "(pcall(rapidjson.encode, 0/0))": false,
  "(pcall(rapidjson.encode, 1LL))": false,
  "(pcall(rapidjson.encode, print))": false,
  "type(rapidjson.null)": "userdata",
  'rapidjson.decode("1e400") == nil': true,
  'rapidjson.decode("[1,]") == nil': true,
  "rapidjson.decode('\"\\\\ud800\"') == nil": true,
  'util.getSafeFilename("a/b:c?.epub")': "a_b_c_.epub",
  'util.getSafeFilename("a\\tb\\nc.pdf")': "a b c.pdf",
  'util.urlEncode("a b/é?&=+~-_.")': "a%20b%2F%C3%A9%3F%26%3D%2B~-_.",
  'table.concat({ util.splitFilePathName("/a/b.c") }, "|")': "/a/|b.c",
  'table.concat({ util.splitFileNameSuffix("/a.x/b") }, "|")': "/a|x/b",
  "util.getFriendlySize(1234567)": "1.2 MB",
  'ffiUtil.template("%1 of %2, %3", 1, "two")': "1 of two, %3",
  'ffiUtil.basename("/a/b/")': "b",
  'ffiUtil.dirname("/a/b/")': "/a",
  'ffiUtil.dirname("a")': ".",
  'ffiUtil.dirname("/a")': "/",
  'ffiUtil.copyFile("/nonexist", "/tmp/none")': "/nonexist: No such file or directory",
  'ffiUtil.realpath("/nonexist") == nil': true,
  "time.to_s(1500000)": 1.5,
  "time.to_ms(1500600)": 1501,
  "time.to_number(1234567)": 1.2346,
  'select("#", db:exec("CREATE TABLE t (a INTEGER, b TEXT)"))': 2,
  'select("#", db:rowexec("SELECT a FROM t"))': 1,
  "select(2, db:exec(\"INSERT INTO t VALUES (1, NULL); INSERT INTO t VALUES (2.5, 'x'); SELECT a, b FROM t\"))": 2,
  'tostring(db:exec("SELECT a, b FROM t")[1][1])': "1LL",
  'db:exec("SELECT a, b FROM t")[0][2]': "b",
  'db:exec("SELECT a, b FROM t").b[2]': "x",
  '(pcall(function() db:prepare("SELECT ?"):bind(true) end))': false,
  'select(2, pcall(db.exec, db, "nope")):match("ljsqlite3[^\\n]*")': 'ljsqlite3[error] near "nope": syntax error',
};

const PRELUDE = `
  rapidjson = require("rapidjson") util = require("util") ffiUtil = require("ffi/util") time = require("ui/time")
  db = require("lua-ljsqlite3/init").open(":memory:")`;

test("the modules answer as KOReader's do", async ({ device }) => {
  const hand = await device.start();
  await hand.run(PRELUDE);
  const answers: Record<string, unknown> = {};
  for (const question of Object.keys(ANSWERS))
    answers[question] = await hand.run(`local answer = ${question} return answer`);
  expect(answers).toEqual(ANSWERS);
});
