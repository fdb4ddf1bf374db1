import { asciiHost } from "../../src/domain/ascii-host";

describe("hosts in ASCII", () => {
  it.each([
    ["acme.com", "acme.com"],
    ["shop.acme.co.uk", "shop.acme.co.uk"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["shop.münchen.de", "shop.xn--mnchen-3ya.de"],
    ["lycée.fr", "xn--lyce-dpa.fr"],
    ["ñandú.com.ar", "xn--and-6ma2c.com.ar"],
    ["straße.de", "xn--strae-oqa.de"],
    ["例え.jp", "xn--r8jz45g.jp"],
    ["名がドメイン.com", "xn--v8jxj3d1dzdz08w.com"],
    ["правда.рф", "xn--80aafi6cg.xn--p1ai"],
    ["παράδειγμα.gr", "xn--hxajbheg2az3al.gr"],
    ["한국.kr", "xn--3e0b707e.kr"],
    ["super능력.kr", "xn--super-fn7tw21a.kr"],
    ["☃.net", "xn--n3h.net"],
    ["😀.example", "xn--e28h.example"],
  ])("%s is %s", (host, ascii) => {
    expect(asciiHost(host)).toBe(ascii);
  });

  // The first code beyond ASCII.
  it.each([
    ["a\u0080.com", "xn--a-ba.com"],
    ["\u0080.com", "xn--a.com"],
    ["é\u0080é.com", "xn--a3sb.com"],
  ])("%j is %s", (host, ascii) => {
    expect(asciiHost(host)).toBe(ascii);
  });

  it("is the same for one letter written in two ways", () => {
    expect(asciiHost("mu\u0308nchen.de")).toBe("xn--mnchen-3ya.de");
  });

  /** The samples of RFC 3492, section 7.1, in the case that a host has. */
  it.each([
    ["Arabic", "ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"],
    ["simplified Chinese", "他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"],
    ["traditional Chinese", "他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"],
    ["Czech", "pročprostěnemluvíčesky", "proprostnemluvesky-uyb24dma41a"],
    ["Hebrew", "למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"],
    ["Japanese", "なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"],
    ["Russian", "почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"],
    ["Spanish", "porquénopuedensimplementehablarenespañol", "porqunopuedensimplementehablarenespaol-fmd56a"],
    ["Vietnamese", "tạisaohọkhôngthểchỉnóitiếngviệt", "tisaohkhngthchnitingvit-kjcr8268qyxafd2f1b9g"],
    ["a digit in front", "3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"],
    ["hyphens behind", "安室奈美恵-with-super-monkeys", "-with-super-monkeys-pc58ag80a8qai00g7n9n"],
    ["hyphens in front", "hello-another-way-それぞれの場所", "hello-another-way--fc4qua05auwb3674vfr0b"],
    ["a digit behind", "ひとつ屋根の下2", "2-u9tlzr9756bt3uc0v"],
    ["two scripts in turn", "majiでkoiする5秒前", "majikoi5-783gue6qz075azm5e"],
    ["two letters inside", "パフィーdeルンバ", "de-jg4avhby1noc0d"],
    ["one script", "そのスピードで", "d9juau41awczczp"],
  ])("encodes a label as RFC 3492 does: %s", (_title, label, code) => {
    expect(asciiHost(label)).toBe(`xn--${code}`);
  });
});
