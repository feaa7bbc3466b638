"""The real client ckanapi against a portal: creates, finds, patches, uploads, deletes. Arguments: URL TOKEN."""
import io
import sys
import uuid

from ckanapi import NotAuthorized, NotFound, RemoteCKAN, ValidationError

url, token = sys.argv[1:]
ckan = RemoteCKAN(url, apikey=token, user_agent="portolan-test")
anonymous = RemoteCKAN(url)
tag = uuid.uuid4().hex[:8]
checks = 0


def check(condition, what):
    global checks
    checks += 1
    if not condition:
        sys.exit(f"ckanapi: {what}")


def raises(error, run, what):
    try:
        run()
    except error as problem:
        check(True, what)
        return problem
    sys.exit(f"ckanapi: {what}: no {error.__name__}")


check(ckan.action.status_show()["ckan_version"].startswith("2."), "status_show")
organization = ckan.action.organization_create(name=f"org-{tag}", title="Ministry of Tea")
dataset = ckan.action.package_create(
    name=f"leaves-{tag}", title=f"Leaves {tag}", owner_org=organization["id"],
    tags=[{"name": "tea"}], extras=[{"key": "theme", "value": "drink"}],
    resources=[{"url": "https://example.org/leaves.csv", "name": "Leaves"}])
check(dataset["resources"][0]["format"] == "CSV", "format from the address")
found = anonymous.action.package_search(q=tag)
check([one["id"] for one in found["results"]] == [dataset["id"]], "package_search finds it")
check(f"leaves-{tag}" in anonymous.action.package_list(), "package_list has it")
patched = ckan.action.package_patch(id=dataset["id"], notes="Green and black")
check(patched["notes"] == "Green and black" and patched["tags"] == dataset["tags"], "package_patch keeps the rest")
uploaded = ckan.action.resource_create(
    package_id=dataset["id"], name="Upload", upload=("leaves.txt", io.BytesIO(b"green\nblack\n")))
check(uploaded["url_type"] == "upload" and uploaded["size"] == 12, "upload")
check(anonymous.session.get(uploaded["url"]).content == b"green\nblack\n" if anonymous.session else True, "download")
problem = raises(ValidationError, lambda: ckan.action.package_create(name=f"leaves-{tag}", owner_org=organization["id"]), "taken name")
check(problem.error_dict["name"] == ["That URL is already in use."], "words of a taken name")
raises(NotAuthorized, lambda: anonymous.action.package_create(name="x"), "anonymous write")
raises(NotFound, lambda: ckan.action.package_show(id=f"none-{tag}"), "unknown dataset")
ckan.action.package_delete(id=dataset["id"])
check(anonymous.action.package_search(q=tag)["count"] == 0, "deleted dataset is not found")
raises(NotAuthorized, lambda: anonymous.action.package_show(id=dataset["id"]), "deleted dataset is not shown")
check(ckan.action.package_show(id=dataset["id"])["state"] == "deleted", "sysadmin sees it")
print(f"ckanapi: {checks} checks passed")
