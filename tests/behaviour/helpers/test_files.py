"""Static files and sent files, and how long they may be kept."""

import gc
import io
import os
import warnings
from datetime import timedelta

import pytest
from flask import Blueprint, Flask, Response, send_file, send_from_directory

NO_FOLDER = r"^'static_folder' must be set to serve static_files\.$"


@pytest.fixture
def house(tmp_path):
    """A folder with an app's files and a blueprint's."""
    for folder in ("static", "own", "blog/files"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "style.css").write_text(f"/* {folder} */")
    return tmp_path


@pytest.fixture
def shop(house):
    """An app with a static folder."""
    return Flask(__name__, root_path=str(house))


def get(app, url, **options):
    """Ask for a URL; buffered, so that its file is closed."""
    return app.test_client().get(url, buffered=True, **options)


def blog(house, **options):
    """A blueprint with a static folder."""
    folder = str(house / "blog")
    return Blueprint(
        "blog", __name__, static_folder="files", root_path=folder, **options
    )


def test_app_has_a_static_folder_unless_told_otherwise(shop, house):
    """At /static, in the folder static beside the app."""
    assert shop.static_folder == str(house / "static")
    assert shop.static_url_path == "/static"
    assert shop.has_static_folder
    assert get(shop, "/static/style.css").text == "/* static */"
    assert get(shop, "/static/other.css").status_code == 404


def test_url_of_the_static_files_follows_the_folder(house):
    """Its last part, unless static_url_path says another."""
    own = Flask(__name__, root_path=str(house), static_folder="own/")
    assert own.static_url_path == "/own"
    assert get(own, "/own/style.css").text == "/* own */"
    given = Flask(__name__, root_path=str(house), static_url_path="/files/")
    assert given.static_url_path == "/files"
    assert get(given, "/files/style.css").text == "/* static */"
    root = Flask(__name__, root_path=str(house), static_url_path="")
    assert root.static_url_path == ""
    assert get(root, "/style.css").text == "/* static */"


def test_only_slashes_at_the_end_of_a_static_folder_are_cut(house):
    """The folder of the app itself has no name: its files are at the root."""
    box = Flask(__name__, root_path=str(house), static_folder="boX/")
    assert (box.static_folder, box.static_url_path) == (str(house / "boX"), "/boX")
    given = Flask(__name__, root_path=str(house), static_url_path="/boX/")
    assert given.static_url_path == "/boX"
    own = Flask(__name__, root_path=str(house), static_folder="")
    assert own.static_url_path == ""
    assert get(own, "/own/style.css").text == "/* own */"


def test_static_folder_may_be_a_path(house):
    """An absolute one is taken as it is."""
    own = Flask(__name__, static_folder=house / "own")
    assert own.static_folder == str(house / "own")
    assert get(own, "/own/style.css").text == "/* own */"


def test_app_without_a_static_folder_has_no_static_files(app):
    """The route isn't there, and the view refuses."""
    assert (app.static_folder, app.static_url_path) == (None, None)
    assert not app.has_static_folder
    assert get(app, "/static/style.css").status_code == 404
    with (
        app.test_request_context(),
        pytest.raises(RuntimeError, match=NO_FOLDER),
    ):
        app.send_static_file("style.css")


def test_blueprint_without_a_static_folder_refuses(app):
    """As an app does."""
    page = Blueprint("page", __name__)
    assert not page.has_static_folder
    with (
        app.test_request_context(),
        pytest.raises(RuntimeError, match=NO_FOLDER),
    ):
        page.send_static_file("style.css")


def test_static_file_is_asked_for_again_unless_told_otherwise(shop, house):
    """It has no-cache and an ETag, with which the server may say 304."""
    shop.register_blueprint(blog(house))
    for url in ("/static/style.css", "/files/style.css"):
        response = get(shop, url)
        assert response.cache_control.no_cache
        assert response.cache_control.max_age is None
        again = get(shop, url, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize("age", [60, timedelta(minutes=1)])
def test_static_file_may_be_kept_as_long_as_the_configuration_says(shop, house, age):
    """In seconds or as a timedelta; also for a blueprint's files."""
    shop.config["SEND_FILE_MAX_AGE_DEFAULT"] = age
    shop.register_blueprint(blog(house))
    for url in ("/static/style.css", "/files/style.css"):
        response = get(shop, url)
        assert response.cache_control.max_age == 60
        assert not response.cache_control.no_cache
    with shop.app_context():
        assert type(shop.get_send_file_max_age("style.css")) is int
        assert type(blog(house).get_send_file_max_age("style.css")) is int


def test_overridden_get_send_file_max_age_is_asked_by_name(house):
    """For the static files of its app or blueprint."""

    class Shop(Flask):
        def get_send_file_max_age(self, filename):
            return len(filename)

    class Blog(Blueprint):
        def get_send_file_max_age(self, filename):
            return 10 * len(filename)

    shop = Shop(__name__, root_path=str(house))
    pages = Blog("blog", __name__, static_folder="files", root_path=str(house / "blog"))
    shop.register_blueprint(pages)
    assert get(shop, "/static/style.css").cache_control.max_age == 9
    assert get(shop, "/files/style.css").cache_control.max_age == 90


def test_sent_file_may_be_kept_as_long_as_the_app_says(shop, house):
    """Unless the view says how long."""
    shop.config["SEND_FILE_MAX_AGE_DEFAULT"] = 60
    folder, file = house / "own", house / "own" / "style.css"
    views = {
        "/sent": lambda: send_file(file),
        "/sent-now": lambda: send_file(file, max_age=0),
        "/folder": lambda: send_from_directory(folder, "style.css"),
        "/folder-now": lambda: send_from_directory(folder, "style.css", max_age=0),
    }
    for url, view in views.items():
        shop.add_url_rule(url, url[1:], view)
    ages = {url: get(shop, url).cache_control.max_age for url in views}
    assert ages == {"/sent": 60, "/sent-now": 0, "/folder": 60, "/folder-now": 0}


def test_sent_file_is_found_beside_the_app(shop):
    """A relative path starts at the app's root_path."""
    shop.add_url_rule("/sent", "sent", lambda: send_file("own/style.css"))
    shop.add_url_rule(
        "/folder", "folder", lambda: send_from_directory("own", "style.css")
    )
    assert get(shop, "/sent").text == get(shop, "/folder").text == "/* own */"


def test_file_outside_of_its_folder_is_not_sent(shop):
    """send_from_directory returns a 404 for it."""
    shop.add_url_rule(
        "/folder", "folder", lambda: send_from_directory("own", "../static/style.css")
    )
    assert get(shop, "/folder").status_code == 404


def test_sent_file_is_of_the_response_class_of_the_app(shop):
    """after_request functions get what they get from other views."""

    class Tea(Response):
        pass

    shop.response_class = Tea
    with shop.test_request_context():
        response = send_file("own/style.css")
    response.close()
    assert type(response) is Tea


def test_sent_file_takes_its_options(shop):
    """Type, name, validators."""
    options = {
        "mimetype": "text/x-tea",
        "as_attachment": True,
        "download_name": "tea.txt",
        "conditional": False,
        "etag": "tea",
        "last_modified": 0,
    }
    with shop.test_request_context(headers={"If-None-Match": '"tea"'}):
        response = send_file("own/style.css", **options)
    assert response.status_code == 200
    assert response.mimetype == "text/x-tea"
    assert response.headers["Content-Disposition"] == "attachment; filename=tea.txt"
    assert response.headers["ETag"] == '"tea"'
    assert response.headers["Last-Modified"] == "Thu, 01 Jan 1970 00:00:00 GMT"
    response.close()


def test_sent_file_is_conditional_unless_told_otherwise(shop):
    """A client that has it gets a 304, and one that asks for a range gets that."""
    shop.add_url_rule("/sent", "sent", lambda: send_file("own/style.css"))
    response = get(shop, "/sent")
    assert response.headers["Content-Disposition"] == "inline; filename=style.css"
    assert response.mimetype == "text/css"
    kept = {"If-None-Match": response.headers["ETag"]}
    assert get(shop, "/sent", headers=kept).status_code == 304
    part = get(shop, "/sent", headers={"Range": "bytes=0-1"})
    assert (part.status_code, part.text) == (206, "/*")


def test_server_sends_the_file_if_told(shop, house):
    """USE_X_SENDFILE gives the server the path."""
    shop.config["USE_X_SENDFILE"] = True
    with shop.test_request_context():
        response = send_file("own/style.css")
    assert response.headers["X-Sendfile"] == str(house / "own" / "style.css")
    response.close()


def test_maximum_age_of_sent_files_is_none_by_default(shop):
    """None means no-cache: keep the file, and ask each time."""
    assert shop.config["SEND_FILE_MAX_AGE_DEFAULT"] is None
    shop.add_url_rule("/sent", "sent", lambda: send_file("own/style.css"))
    headers = get(shop, "/sent").headers
    assert headers["Cache-Control"] == "no-cache"
    assert {"ETag", "Last-Modified"} <= set(headers.keys())


@pytest.mark.parametrize("age", [0, None])
def test_maximum_age_of_zero_asks_each_time_as_none_does(shop, age):
    """Both say no-cache."""
    shop.config["SEND_FILE_MAX_AGE_DEFAULT"] = age
    response = get(shop, "/static/style.css")
    assert response.cache_control.max_age == age
    assert response.cache_control.no_cache
    kept = {"If-None-Match": response.headers["ETag"]}
    assert get(shop, "/static/style.css", headers=kept).status_code == 304


def test_maximum_age_lets_shared_caches_keep_a_sent_file(shop):
    """send_file adds public, also if the view is for one user."""
    shop.add_url_rule("/bill", "bill", lambda: send_file("own/style.css", max_age=60))
    headers = get(shop, "/bill").headers
    assert sorted(headers["Cache-Control"].split(", ")) == ["max-age=60", "public"]


def test_file_that_changed_has_another_etag_and_is_sent_again(shop, house):
    """By its size and time; the old ETag and the old date bring the new file."""
    file = house / "static" / "style.css"
    os.utime(file, (1, 1))
    first = get(shop, "/static/style.css").headers
    by_date = {"If-Modified-Since": first["Last-Modified"]}
    by_etag = {"If-None-Match": first["ETag"]}
    for kept in by_date, by_etag:
        assert get(shop, "/static/style.css", headers=kept).status_code == 304
    os.utime(file, (9, 9))
    for kept in by_date, by_etag:
        assert get(shop, "/static/style.css", headers=kept).status_code == 200


def test_sent_file_object_has_no_etag_and_no_date(shop):
    """Flask doesn't know them; the caller may pass both."""
    shop.add_url_rule(
        "/report",
        "report",
        lambda: send_file(io.BytesIO(b"tea"), download_name="report.txt"),
    )
    headers = get(shop, "/report").headers
    assert not {"ETag", "Last-Modified"} & set(headers.keys())


@pytest.mark.parametrize("folder", ["static", "sent"])
def test_after_request_function_runs_for_files_and_their_304s(shop, house, folder):
    """It adds its header to files from send_from_directory and to static files."""
    shop.add_url_rule(
        "/sent/style.css", "sent", lambda: send_from_directory("own", "style.css")
    )

    @shop.after_request
    def add_header(response):
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    whole = get(shop, f"/{folder}/style.css")
    kept = {"If-None-Match": whole.headers["ETag"]}
    unchanged = get(shop, f"/{folder}/style.css", headers=kept)
    assert (whole.status_code, unchanged.status_code) == (200, 304)
    for response in whole, unchanged:
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_after_request_function_may_replace_the_cache_rule_of_a_file(shop):
    """It's set before the function runs, so setdefault changes nothing."""

    @shop.after_request
    def keep_for_an_hour(response):
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Before"] = response.headers["Cache-Control"]
        response.cache_control.no_cache = None
        response.cache_control.max_age = 3600
        return response

    headers = get(shop, "/static/style.css").headers
    assert headers["X-Before"] == "no-cache"
    assert headers["Cache-Control"] == "max-age=3600"


def unclosed(send):
    """Send a request, and count the files that Python finds unclosed afterwards."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        send()
        gc.collect()
    return [str(each.message)[:13] for each in told].count("unclosed file")


@pytest.mark.parametrize("url", ["/static/style.css", "/terms"])
def test_file_of_a_response_that_a_test_does_not_close_stays_open(shop, house, url):
    """Also if its text was read; with a block, or buffered, it is closed."""
    path = house / "own" / "style.css"
    shop.add_url_rule("/terms", "terms", lambda: send_file(path))
    client = shop.test_client()

    def close_with_block():
        with client.get(url) as response:
            assert response.text.startswith("/*")

    assert unclosed(lambda: client.get(url)) == 1
    assert unclosed(lambda: client.get(url).text) == 1
    assert unclosed(close_with_block) == 0
    assert unclosed(lambda: client.get(url, buffered=True)) == 0
