"""The slides in a browser: keys, big type, everything on the wall, dark, and on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from make_slides import PAGE

SMALL = """() => [...document.querySelectorAll('.slide.on *')].filter((one) =>
  [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
  && parseFloat(getComputedStyle(one).fontSize) < 28).map((one) => one.outerHTML)"""
CUT = """() => [...document.querySelectorAll('.slide.on *')].filter((one) => {
  const box = one.getBoundingClientRect();
  const bar = document.querySelector('nav').getBoundingClientRect().top;
  return box.width && (box.right > innerWidth + 1 || box.left < -1 || box.bottom > bar + 1);
}).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def slides(browser_of_fonts):
    context = browser_of_fonts.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(PAGE.as_uri())
    yield page
    context.close()
    assert errors == []


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (1024, 768)])
def test_every_slide_is_whole_and_in_big_type(slides, width, height):
    slides.set_viewport_size({"width": width, "height": height})
    wrong = []
    for number in range(slides.locator(".slide").count()):
        wrong += [f"{number + 1} small: {one}" for one in slides.evaluate(SMALL)]
        wrong += [f"{number + 1} cut: {one}" for one in slides.evaluate(CUT)]
        slides.keyboard.press("ArrowRight")
    assert wrong == []


def test_keys_go_forth_and_back_and_to_the_ends(slides):
    def shown():
        return slides.locator(".slide.on").get_attribute("id")

    last = f"s{slides.locator('.slide').count()}"
    for key, place in [
        ("ArrowRight", "s2"), ("PageDown", "s3"), ("Space", "s4"), ("ArrowLeft", "s3"),
        ("PageUp", "s2"), ("Home", "s1"), ("ArrowLeft", "s1"), ("End", last), ("ArrowRight", last),
    ]:  # fmt: skip
        slides.keyboard.press(key)
        assert shown() == place, key
    slides.reload()
    assert shown() == last
    assert slides.locator(".slide:visible").count() == 1


def test_dark_and_light_change_places_and_both_can_be_read(slides, request):
    """Light with one set of fonts, dark with the other: whether colours can be read is the same."""

    def ground():
        return slides.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    light, change = ground(), slides.get_by_role("button", name="Dark or light")
    change.click()
    assert ground() != light
    if "DejaVu" in request.node.name:
        change.click()
        assert ground() == light
    for _ in range(10):
        found = Axe().run(slides).response["violations"]
        assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in found] == []
        slides.keyboard.press("ArrowRight")


def test_on_paper_and_without_a_script_all_slides_are_there(slides):
    slides.emulate_media(media="print")

    assert slides.locator(".slide:visible").count() == slides.locator(".slide").count()
    assert not slides.locator("nav").is_visible()
